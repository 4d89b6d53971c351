internal import PlanCatalog
internal import Plans
internal import RunEngine
internal import Wire

extension PlanDefinition {
    /// Plans of the simulated profile that examples and tests of clients ask for.
    static let demonstrationPlans = [
        PlanDefinition(
            "marked_up_count",
            nil,
            parameters: [
                // As in the original: the annotation asks for texts, so that the plan fails.
                .positional("detectors", "list[typing.Any]"),
                .positional("num", "int", default: "1"),
                .positional("delay", "float | None", default: "None"),
                .positional("md", "dict[str, typing.Any] | None", default: "None"),
            ]
        ) { arguments in
            try arguments.countOnce()
        },
        PlanDefinition(
            "count_bundle_test",
            nil,
            parameters: [
                .choice(
                    "detectors",
                    "DetList",
                    of: ["det", "det1", "det2", "det3", ":+^sim_bundle:?.*$"]
                ),
                .positional("num", nil, default: "1"), .positional("delay", nil, default: "None"),
                .keyword("per_shot", nil), .keyword("md", nil),
            ]
        ) { arguments in
            try arguments.countOnce()
        },
        PlanDefinition(
            "move_then_count",
            "Move motors into positions, then count with detectors.",
            parameters: [
                .choice("motors", "Motors", of: ["motor1", "motor2"], "Motors that are moved before the measurement."),
                .choice(
                    "detectors",
                    "Detectors",
                    of: ["det1", "det2", "det3"],
                    default: ["det1", "det2"],
                    "Detectors for the measurement."
                ),
                .limited(
                    .positional("positions", "typing.List[float]", default: "None", "A position for each motor."),
                    from: "-10",
                    to: "10",
                    step: "0.01"
                ),
            ]
        ) { arguments in
            try arguments.moveThenCount()
        },
        PlanDefinition(
            "_sim_plan_inner",
            nil,
            parameters: [.positional("npts", "int"), .positional("delay", "float", default: "1.0")]
        ) { arguments in
            try arguments.nestedRun(points: try arguments.integer("npts"))
        },
        PlanDefinition(
            "sim_multirun_plan_nested",
            "Two runs, one within the other. The plan is for tests.",
            parameters: [
                .positional("npts", "int", "Number of points of the outer run; the inner one has one more."),
                .positional("delay", "float", default: "1.0", "Seconds between points."),
            ]
        ) { arguments in
            try arguments.nestedRuns()
        },
    ]
}

extension ParameterDescription {
    /// A list of devices out of those named.
    fileprivate static func choice(
        _ name: String,
        _ list: String,
        of devices: [String],
        default fallback: [String]? = nil,
        _ text: String? = nil
    ) -> ParameterDescription {
        var parameter = ParameterDescription(name: name)
        var lists = NamedList<[String]>()
        lists[list] = devices
        parameter.annotation = Annotation(type: "typing.List[\(list)]", devices: lists)
        parameter.description = text
        if let fallback {
            parameter.defaultValue = JSONValue(fallback).pythonRepr
            parameter.isDefaultDefinedInDecorator = true
        }
        return parameter
    }

    fileprivate static func limited(
        _ parameter: ParameterDescription,
        from minimum: String,
        to maximum: String,
        step: String
    ) -> ParameterDescription {
        var parameter = parameter
        parameter.minimum = minimum
        parameter.maximum = maximum
        parameter.step = step
        return parameter
    }
}

extension PlanArguments {
    fileprivate func countOnce() throws -> Plan {
        try count(
            try detectors(),
            num: try integer("num", default: 1),
            delay: .seconds(try optionalNumber("delay") ?? 0),
            metadata: try metadata()
        )
    }

    fileprivate func moveThenCount() throws -> Plan {
        let motors = try elements("motors")
        let positions = try elements("positions")
        guard motors.count == positions.count else {
            throw ArgumentError(
                "positions",
                "must have one element for each of the \(motors.count) motors",
                .array(positions.map(\.json))
            )
        }
        let moves = try zip(motors, positions).map { motor, position in
            Move(try movable(motor, argument: "motors"), position.json)
        }
        let counting = try count(try detectors())
        return Plan(withResult: "move_then_count") { context in
            try await context.mv(moves)
            return try await counting(context)
        }
    }

    /// The inner run: two motors and a detector, so many points.
    fileprivate func nestedRun(points: Int) throws -> Plan {
        let motors = [try profilePositioner("motor1"), try profilePositioner("motor2")]
        let detector = try profileReadable("det2")
        let delay = try number("delay", default: 1)
        return Plan("_sim_plan_inner") { context in
            try await context.withRunKey("run_2") { context in
                _ = try await context.withRun {
                    for number in 0..<max(points, 0) {
                        let step = Double(number)
                        try await context.mv([Move(motors[0], step * 0.1 + 1), Move(motors[1], step * 0.2 - 2)])
                        try await context.triggerAndRead(motors + [detector])
                        try await context.sleep(delay)
                    }
                }
            }
        }
    }

    /// An outer run whose points are taken before and after the inner one.
    fileprivate func nestedRuns() throws -> Plan {
        let motor = try profilePositioner("motor")
        let detector = try profileReadable("det")
        let delay = try number("delay", default: 1)
        let points = max(try integer("npts"), 0)
        let inner = try nestedRun(points: points == .max ? points : points + 1)
        return Plan("sim_multirun_plan_nested") { context in
            try await context.withRunKey("run_1") { context in
                _ = try await context.withRun {
                    for number in 0..<points {
                        if number == points / 2 { try await inner(context) }
                        try await context.mv(motor, Double(number) * 0.2)
                        try await context.triggerAndRead([motor, detector])
                        try await context.sleep(delay)
                    }
                    if points == 0 { try await inner(context) }
                }
            }
        }
    }

    private func profilePositioner(_ name: String) throws -> any Positioner {
        try positioner(.device(name), argument: name)
    }

    private func profileReadable(_ name: String) throws -> any Readable {
        guard let device = try device(called: name) as? any Readable else {
            throw ArgumentError(name, "must be a device that can be read", .string(name))
        }
        return device
    }
}
