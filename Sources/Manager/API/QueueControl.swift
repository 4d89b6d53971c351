import QueueStore
import Wire

extension APIMethod {
    static let queueControlMethods = [
        APIMethod("queue_start", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.startQueue(manager.queue, at: WallClock.now) }
            return .done
        },
        APIMethod("queue_stop", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.change { try $0.stopQueue() }
            return .done
        },
        APIMethod("queue_stop_cancel", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.change { $0.cancelStop() }
            return .done
        },
        APIMethod("queue_autostart", right: .run, parameters: ["enable", "lock_key"], locked: .environment) {
            manager,
            parameters in
            guard let enable = parameters["enable"] else {
                throw Refusal.request("Required 'enable' parameter is missing in 'queue_autostart' API call.")
            }
            guard let isEnabled = enable.bool else {
                throw Refusal.request(
                    "Required 'enable' parameter must be boolean: type(enable)=\(enable.pythonType)."
                )
            }
            try manager.change { $0.setAutostart(isEnabled) }
            return .done
        },
        APIMethod(
            "queue_mode_set",
            right: .queue,
            parameters: ["mode", "lock_key"],
            prefix: "Failed to set queue mode: ",
            locked: .queue
        ) {
            manager,
            parameters in
            guard let mode = parameters["mode"] else {
                throw Refusal.request("Parameter 'mode' is not found in request \(parameters.pythonRepr)")
            }
            let changed = try manager.execution.mode.updated(by: mode)
            try manager.transition { execution in
                execution.mode = changed
                return Execution.Step(changes: [.set(.queueMode, changed.json)])
            }
            return .done
        },
    ]
}

extension QueueMode {
    /// The mode after `queue_mode_set`: members that are not named keep their value, `default` switches all off.
    fileprivate func updated(by value: JSONValue) throws(Refusal) -> QueueMode {
        if value == "default" { return QueueMode() }
        guard let members = value.object else {
            throw .request(
                "Queue mode is passed using object of unsupported type '\(value.pythonType)': "
                    + "(\(value.pythonString)). Supported types: ('dict', 'str'), supported string value: 'default'"
            )
        }
        var result = self
        for (name, value) in members {
            guard name == "loop" || name == "ignore_failures" else {
                throw .request(
                    "Unsupported plan queue mode parameter '\(name)': "
                        + "supported parameters ['loop', 'ignore_failures']"
                )
            }
            guard let isOn = value.bool else {
                throw .request(
                    "Unsupported type '\(value.pythonType)' of the parameter '\(name)': "
                        + "expected type '<class 'bool'>'"
                )
            }
            if name == "loop" { result.loop = isOn } else { result.ignoreFailures = isOn }
        }
        return result
    }
}
