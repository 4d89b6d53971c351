internal import PlanCatalog
internal import Plans
internal import RunEngine
internal import Wire

extension PlanDefinition {
    /// Plans during which devices act by themselves, or people decide.
    static let flyingPlans = [
        PlanDefinition(
            "fly",
            "Let flyers take data by themselves.",
            parameters: [
                .positional(
                    "flyers",
                    "list[__FLYABLE__]",
                    namesDevices: true,
                    "Flyers, which are kicked off in order."
                ),
                .metadata,
            ]
        ) { arguments in
            fly(try arguments.flyers(), metadata: try arguments.metadata())
        },
        PlanDefinition(
            "ramp_plan",
            "Take data over and over while devices go to their setpoints.",
            parameters: [
                .positional("go_plan", nil, "What begins the ramp: a list of device, setpoint, repeated."),
                .positional(
                    "monitor_sig",
                    "__READABLE__",
                    namesDevices: true,
                    "Signal that is recorded in a stream of its own meanwhile."
                ),
                .positional("inner_plan_func", nil, "What to do each time: a list of detectors to read."),
                .positional("take_pre_data", "bool", default: "True", "Whether data are taken before the ramp begins."),
                .positional("timeout", "float | None", default: "None", "Seconds after which the ramp fails."),
                .positional("period", "float | None", default: "None", "Seconds from one time to the next, at least."),
                .positional("md", "dict[str, typing.Any] | None", default: "None"),
            ]
        ) { arguments in
            let moves = try arguments.groups(of: 2, in: "go_plan", pattern: "device, setpoint").map { pair in
                Move(try arguments.movable(pair[0], argument: "go_plan"), pair[1].json)
            }
            let detectors = try arguments.detectors("inner_plan_func")
            return rampPlan(
                { context in
                    var statuses: [Status] = []
                    for move in moves {
                        statuses.append(try await context.set(move.device, move.setpoint.setpoint, group: "ramp"))
                    }
                    return .all(statuses, name: "ramp")
                },
                monitor: try arguments.signal("monitor_sig"),
                takePreData: try arguments.flag("take_pre_data", default: true),
                timeout: try arguments.optionalNumber("timeout"),
                period: try arguments.optionalNumber("period"),
                metadata: try arguments.metadata()
            ) { context in
                try await context.triggerAndRead(detectors)
            }
        },
        PlanDefinition(
            "tweak",
            "Move a motor step by step, asking each time how far. Only where somebody can answer.",
            parameters: [
                .positional("detector", "__READABLE__", namesDevices: true, "Detector to read."),
                .positional("target_field", "str", "Field that is shown."), .motor("motor", "Motor to move."),
                .positional("step", "float", "First step."), .metadata,
            ]
        ) { arguments in
            tweak(
                try arguments.readable("detector"),
                targetField: try arguments.text("target_field"),
                try arguments.positioner("motor"),
                step: try arguments.number("step"),
                metadata: try arguments.metadata()
            )
        },
        PlanDefinition(
            "plan_test_progress_bars",
            "Show progress bars for five seconds.",
            parameters: [.positional("n_progress_bars", "int", default: "1", "How many.")]
        ) { arguments in
            let count = min(max(try arguments.integer("n_progress_bars", default: 1), 1), 100)
            return Plan("plan_test_progress_bars") { context in
                try await context.waitFor((1...count).map { progressing("TEST\($0)") })
            }
        },
    ]
}

/// A status that ends after five seconds and tells how far it is each half second.
private func progressing(_ name: String) -> Status {
    let status = Status(name: name)
    Task.detached {
        for step in 0..<10 {
            let done = Double(step) / 10
            status.report(Progress(name: name, current: done, initial: 0, target: 1, fraction: 1 - done))
            try? await Task.sleep(for: .milliseconds(500))
        }
        status.finish()
    }
    return status
}

extension PlanArguments {
    fileprivate func flyers() throws -> [any Flyable] {
        try elements("flyers").map { element in
            guard let flyer = try device(element, argument: "flyers") as? any Flyable else {
                throw ArgumentError("flyers", "must be flyers", element.json)
            }
            return flyer
        }
    }

    fileprivate func signal(_ name: String) throws -> any Subscribable {
        guard let signal = try readable(name) as? any Subscribable else {
            throw ArgumentError(name, "must be a signal that tells of its changes", value(name)?.json ?? .null)
        }
        return signal
    }
}
