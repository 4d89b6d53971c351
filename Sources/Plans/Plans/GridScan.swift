internal import EventModel
public import RunEngine
public import Wire

/// Moves motors over a grid, the first motor slowest, and reads detectors and motors at each point.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - axes: The motors with their first and last positions and the numbers of positions.
///   - snakeAxes: Which axes go to and fro; never the first.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func gridScan(
    _ detectors: [any Readable],
    _ axes: [GridAxis],
    snakeAxes: SnakeAxes = .none,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "grid_scan")
    let motors = axes.map(\.motor)
    try checks.motors(motors)
    let snaking = try snakeAxes.flags(for: motors, checks)
    var sides: [Grid.Side] = []
    for (axis, isSnaked) in zip(axes, snaking) {
        try checks.pointCount(axis.num, "number of positions of '\(axis.motor.name)'")
        let start = try checks.number(axis.start, "start", of: axis.motor)
        let stop = try checks.number(axis.stop, "stop", of: axis.motor)
        sides.append(
            Grid.Side(
                positions: { .double(linearPosition($0, from: start, to: stop, num: axis.num)) },
                num: axis.num,
                isSnaked: isSnaked
            )
        )
    }
    let grid = try Grid(sides, checks: checks)
    return scan(
        name: "grid_scan",
        detectors: detectors,
        trajectory: Trajectory(motors: motors, count: grid.count) { grid.positions($0) },
        perStep: perStep,
        metadata: gridMetadata(detectors, axes, snaking, perStep).withGiven(metadata)
    )
}

private func gridMetadata(
    _ detectors: [any Readable],
    _ axes: [GridAxis],
    _ snaking: [Bool],
    _ perStep: PerStep?
) -> JSONObject {
    var args: [JSONValue] = []
    for (index, axis) in axes.enumerated() {
        args += [.string(axis.motor.label), axis.start, axis.stop, .integer(axis.num)]
        // The slowest axis cannot be snaked, so it has no flag.
        if index > 0 { args.append(.bool(snaking[index])) }
    }
    let hints = (["gridding": "rectilinear"] as JSONObject).merging(axisHints(axes.map(\.motor)))
    return [
        "shape": .array(axes.map { .integer($0.num) }),
        "extents": .array(axes.map { [$0.start, $0.stop] }),
        "snaking": .array(snaking.map(JSONValue.bool)),
        "plan_args": ["detectors": labels(detectors), "args": .array(args), "per_step": perStep.argument],
        "plan_name": "grid_scan",
        "plan_pattern": "outer_product",
        "plan_pattern_args": ["args": .array(args)],
        "plan_pattern_module": "bluesky.plan_patterns",
        "hints": .object(hints),
    ]
}

extension SnakeAxes {
    /// For each motor whether it goes to and fro.
    func flags(for motors: [any Positioner], _ checks: ArgumentChecks) throws(PlanError) -> [Bool] {
        switch self {
        case .none: return motors.map { _ in false }
        case .all: return motors.indices.map { $0 > 0 }
        case .motors(let snaked):
            var identifiers: Set<ObjectIdentifier> = []
            for motor in snaked {
                guard identifiers.insert(ObjectIdentifier(motor)).inserted else {
                    throw PlanError("\(checks.plan): 'snake_axes' contains '\(motor.name)' more than once")
                }
                guard let index = motors.firstIndex(where: { $0 === motor }) else {
                    throw PlanError(
                        "\(checks.plan): 'snake_axes' contains '\(motor.name)', which is not moved by the scan"
                    )
                }
                guard index > 0 else {
                    throw PlanError(
                        "\(checks.plan): 'snake_axes' contains the slowest motor '\(motor.name)', which cannot be snaked"
                    )
                }
            }
            return motors.map { identifiers.contains(ObjectIdentifier($0)) }
        }
    }
}
