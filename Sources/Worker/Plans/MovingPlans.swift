internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    /// Plans that move without reading, or do less.
    static let movingPlans = [
        PlanDefinition(
            "mv",
            "Move one or more devices to a setpoint and wait for all of them.",
            isGenerator: false,
            parameters: moveParameters("setpoint")
        ) { arguments in
            mv(try arguments.moves(), timeout: try arguments.optionalNumber("timeout"))
        },
        PlanDefinition(
            "mvr",
            "Move one or more devices by a distance from where they are and wait for all of them.",
            isGenerator: false,
            parameters: moveParameters("distance")
        ) { arguments in
            mvr(try arguments.moves(), timeout: try arguments.optionalNumber("timeout"))
        },
        PlanDefinition("null", "Do nothing.", isGenerator: false, parameters: []) { _ in null() },
        PlanDefinition(
            "sleep",
            "Wait.",
            parameters: [.positional("time", "float", "Seconds to wait.")]
        ) { arguments in
            try sleep(try arguments.number("time", default: 0))
        },
    ]

    private static func moveParameters(_ target: String) -> [ParameterDescription] {
        [
            .variadic(
                "args",
                "__MOVABLE__ | typing.Any",
                namesDevices: true,
                "Device, \(target); repeated for devices that move together."
            ),
            .keyword("group", "collections.abc.Hashable | None", "Name of the group that is waited for."),
            .keyword("timeout", "float | None", "Seconds after which the plan fails."),
            .further("kwargs", "Not used: devices take a setpoint and nothing else."),
        ]
    }
}

extension PlanArguments {
    fileprivate func moves() throws -> [Move] {
        try groups(of: 2, in: "args", pattern: "device, setpoint").map { pair in
            Move(try movable(pair[0], argument: "args"), pair[1].json)
        }
    }
}
