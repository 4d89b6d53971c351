internal import PlanCatalog
internal import Plans
internal import RunEngine
internal import Wire

/// Motors and their positions, as scans take them in a row of arguments.
extension PlanArguments {
    /// Motors with their first and last positions.
    func triples(_ values: [BoundValue]) throws -> [ScanAxis] {
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

    /// Motors with their first and last positions, and the number of points, which may be the last argument or `num`.
    func axesAndPoints() throws -> ([ScanAxis], Int) {
        var values = try elements("args")
        var num = json("num")
        if num == nil, values.count % 3 == 1, let last = values.popLast() { num = last.json }
        guard let points = num?.integer else {
            throw ArgumentError("num", "must be given, as the last argument or by name", num ?? .null)
        }
        return (try triples(values), points)
    }

    /// Motors with lists of positions.
    func listAxes(_ name: String = "args") throws -> [ListAxis] {
        try listAxes(try elements(name), argument: name)
    }

    private func listAxes(_ values: [BoundValue], argument: String) throws -> [ListAxis] {
        try groups(of: 2, among: values, in: argument, pattern: "motor, list of positions").map { group in
            guard let positions = group[1].json.array else {
                throw ArgumentError(argument, "must have a list of positions after each motor", group[1].json)
            }
            return ListAxis(try positioner(group[0], argument: argument), positions)
        }
    }

    /// A trajectory: motors that move together, or several such groups, which make a grid.
    func trajectory() throws -> Trajectory {
        let values = try elements("cycler")
        var groups: [[BoundValue]] = []
        for value in values {
            switch value {
            case .array(let elements): groups.append(elements)
            case .json(.array(let elements)): groups.append(elements.map(BoundValue.json))
            default: return try Trajectory(listAxes(values, argument: "cycler"))
            }
        }
        if let first = values.first, case .device = first {
            return try Trajectory(listAxes(values, argument: "cycler"))
        }
        return try Trajectory(product: groups.map { try Trajectory(listAxes($0, argument: "cycler")) })
    }

    /// Motors with first and last positions and numbers of points. From the second motor on, a truth value may follow
    /// that tells whether it goes to and fro.
    func gridAxes() throws -> (axes: [GridAxis], snaked: [any Positioner]) {
        let all = try elements("args")
        var rest = all[...]
        var axes: [GridAxis] = []
        var snaked: [any Positioner] = []
        while !rest.isEmpty || axes.isEmpty {
            let group = Array(rest.prefix(4))
            guard group.count == 4 else {
                throw ArgumentError(
                    "args",
                    "must be motor, first position, last position, number of points, repeated",
                    .array(all.map(\.json))
                )
            }
            rest = rest.dropFirst(4)
            let motor = try positioner(group[0], argument: "args")
            guard let num = group[3].json.integer else {
                throw ArgumentError("args", "must have a whole number of points for each motor", group[3].json)
            }
            axes.append(GridAxis(motor, group[1].json, group[2].json, num))
            if axes.count > 1, case .json(.bool(let flag))? = rest.first {
                rest = rest.dropFirst()
                if flag { snaked.append(motor) }
            }
        }
        return (axes, snaked)
    }

    /// Which axes go to and fro; those of `flagged` if nothing else is said.
    func snakeAxes(flagged: [any Positioner] = []) throws -> SnakeAxes {
        switch value("snake_axes") {
        case nil, .json(.null): return flagged.isEmpty ? .none : .motors(flagged)
        case let given? where !flagged.isEmpty:
            throw ArgumentError("snake_axes", "cannot be given when motors have flags of their own", given.json)
        case .json(.bool(false)): return .none
        case .json(.bool(true)): return .all
        default: return .motors(try elements("snake_axes").map { try positioner($0, argument: "snake_axes") })
        }
    }
}
