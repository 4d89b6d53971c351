internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    /// Plans that move without reading, or do less.
    static let movingPlans = [
        PlanDefinition(
            "mv",
            "Move one or more devices to a setpoint and wait for all of them.",
            parameters: [
                .variadic(
                    "args",
                    "__MOVABLE__ | typing.Any",
                    namesDevices: true,
                    "Device, setpoint; repeated for devices that move together."
                ),
                .keyword("group", "collections.abc.Hashable | None", "Name of the group that is waited for."),
                .keyword("timeout", "float | None", "Seconds after which the plan fails."),
            ]
        ) { arguments in
            let moves = try arguments.groups(of: 2, in: "args", pattern: "device, setpoint").map { pair in
                Move(try arguments.movable(pair[0], argument: "args"), pair[1].json)
            }
            return mv(
                moves,
                timeout: try arguments.json("timeout").map { _ in try arguments.number("timeout", default: 0) }
            )
        },
        PlanDefinition("null", "Do nothing.", parameters: []) { _ in null() },
        PlanDefinition(
            "sleep",
            "Wait.",
            parameters: [.positional("time", "float", "Seconds to wait.")]
        ) { arguments in
            try sleep(try arguments.number("time", default: 0))
        },
    ]

    /// All plans that come with the worker.
    static let builtin = countingPlans + scanningPlans + movingPlans
}
