import Wire

extension APIMethod {
    static let managerMethods = [
        APIMethod("manager_stop", right: .admin, parameters: ["option"]) { manager, parameters in
            var option = parameters["option"] ?? "safe_on"
            if !option.isTruthy { option = "safe_on" }
            guard option == "safe_on" || option == "safe_off" else {
                throw Refusal.request(
                    "Option '\(option.pythonString)' is not allowed. Allowed options: ('safe_off', 'safe_on')"
                )
            }
            let state = manager.execution.state
            guard option == "safe_off" || state == .idle else {
                throw Refusal.request(
                    "Closing RE Manager with option 'safe_on' is allowed only in 'idle' state. "
                        + "Current state: '\(state.rawValue)'"
                )
            }
            manager.stop()
            return .done
        },
        APIMethod("manager_kill", right: .admin) { manager, _ in
            manager.freeze()
        },
        APIMethod("manager_test", right: .admin, parameters: ["test_name"]) { _, parameters in
            let name = parameters["test_name"] ?? .null
            guard name == "reserve_kernel" else {
                throw Refusal.request("Unknown test: \(name.pythonRepr). Known tests: ['reserve_kernel']")
            }
            throw Refusal.request("IPython kernel mode is not enabled")
        },
    ]
}
