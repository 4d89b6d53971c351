internal import PlanCatalog
internal import Plans
internal import Wire

extension PlanDefinition {
    private static let noStepFunction = ParameterDescription.keyword(
        "per_step",
        nil,
        "Not available here: a function cannot be sent as JSON."
    )

    /// Plans that move motors along a trajectory and read at each point.
    static let scanningPlans = [
        PlanDefinition(
            "scan",
            "Scan over one trajectory of one or more motors, in even steps.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    "__MOVABLE__ | typing.Any",
                    namesDevices: true,
                    "Motor, first position, last position; repeated for motors that move together. "
                        + "The number of points may follow as the last one."
                ),
                .keyword("num", "int | None", "Number of points."), noStepFunction, .metadata,
            ]
        ) { arguments in
            var values = try arguments.elements("args")
            var num = arguments.json("num")
            if num == nil, values.count % 3 == 1, let last = values.popLast() { num = last.json }
            guard let points = num?.integer else {
                throw ArgumentError("num", "must be given, as the last argument or by name", num ?? .null)
            }
            let axes = try arguments.triples(values)
            return try scan(try arguments.detectors(), axes, num: points, metadata: try arguments.metadata())
        },
        PlanDefinition(
            "list_scan",
            "Scan over one trajectory of one or more motors, whose positions are listed.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    "__MOVABLE__ | list[typing.Any]",
                    namesDevices: true,
                    "Motor, list of positions; repeated for motors that move together."
                ),
                noStepFunction, .metadata,
            ]
        ) { arguments in
            let axes = try arguments.groups(of: 2, in: "args", pattern: "motor, positions").map { group in
                guard let positions = group[1].json.array else {
                    throw ArgumentError("args", "must have a list of positions after each motor", group[1].json)
                }
                return ListAxis(try arguments.positioner(group[0], argument: "args"), positions)
            }
            return try listScan(try arguments.detectors(), axes, metadata: try arguments.metadata())
        },
        PlanDefinition(
            "grid_scan",
            "Scan over a mesh; each motor is on a trajectory of its own.",
            parameters: [
                .detectors,
                .variadic(
                    "args",
                    nil,
                    "Motor, first position, last position, number of points; repeated, the slowest motor first."
                ),
                .keyword(
                    "snake_axes",
                    "collections.abc.Iterable[typing.Any] | bool | None",
                    "Which motors go to and fro: true for all but the slowest, or a list of motors."
                ),
                noStepFunction, .metadata,
            ]
        ) { arguments in
            try gridScan(
                try arguments.detectors(),
                try arguments.gridAxes(),
                snakeAxes: try arguments.snakeAxes(),
                metadata: try arguments.metadata()
            )
        },
    ]
}

extension PlanArguments {
    fileprivate func triples(_ values: [BoundValue]) throws -> [ScanAxis] {
        guard !values.isEmpty, values.count.isMultiple(of: 3) else {
            throw ArgumentError(
                "args",
                "must be motor, first position, last position, repeated",
                .array(values.map(\.json))
            )
        }
        return try stride(from: 0, to: values.count, by: 3).map { index in
            ScanAxis(
                try positioner(values[index], argument: "args"),
                values[index + 1].json,
                values[index + 2].json
            )
        }
    }

    fileprivate func gridAxes() throws -> [GridAxis] {
        try groups(of: 4, in: "args", pattern: "motor, first position, last position, number of points").map { group in
            guard let num = group[3].json.integer else {
                throw ArgumentError("args", "must have a whole number of points for each motor", group[3].json)
            }
            return GridAxis(try positioner(group[0], argument: "args"), group[1].json, group[2].json, num)
        }
    }

    fileprivate func snakeAxes() throws -> SnakeAxes {
        switch value("snake_axes") {
        case nil, .json(.null), .json(.bool(false)): return .none
        case .json(.bool(true)): return .all
        default:
            return .motors(try elements("snake_axes").map { try positioner($0, argument: "snake_axes") })
        }
    }
}
