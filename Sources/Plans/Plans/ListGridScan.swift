internal import EventModel
public import RunEngine
public import Wire

/// Moves motors over a grid whose positions are listed, the first motor slowest, and reads detectors and motors at each
/// point.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - axes: The motors with their positions.
///   - snakeAxes: Which axes go to and fro; never the first.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func listGridScan(
    _ detectors: [any Readable],
    _ axes: [ListAxis],
    snakeAxes: SnakeAxes = .none,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "list_grid_scan")
    let motors = axes.map(\.motor)
    try checks.motors(motors)
    let snaking = try snakeAxes.flags(for: motors, checks)
    var sides: [Grid.Side] = []
    for (axis, isSnaked) in zip(axes, snaking) {
        try checks.pointCount(axis.positions.count, "number of positions of '\(axis.motor.name)'")
        sides.append(
            Grid.Side(positions: { axis.positions[$0] }, num: axis.positions.count, isSnaked: isSnaked)
        )
    }
    let grid = try Grid(sides, checks: checks)
    let args = JSONValue.array(axes.flatMap { [.string($0.motor.label), .array($0.positions)] })
    let snake = JSONValue.string(snakeAxes.label)
    let own: JSONObject = [
        "shape": .array(axes.map { .integer($0.positions.count) }),
        "extents": .array(axes.map(\.extent)),
        "snake_axes": snake,
        "plan_args": ["detectors": labels(detectors), "args": args, "per_step": perStep.argument],
        "plan_name": "list_grid_scan",
        "plan_pattern": "outer_list_product",
        "plan_pattern_args": ["args": args, "snake_axes": snake],
        "plan_pattern_module": "bluesky.plan_patterns",
        "hints": .object(axisHints(motors)),
    ]
    return scan(
        name: "list_grid_scan",
        detectors: detectors,
        trajectory: Trajectory(motors: motors, count: grid.count) { grid.positions($0) },
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}

extension ListAxis {
    /// The lowest and the highest position; the first and the last where they are no numbers.
    fileprivate var extent: JSONValue {
        let numbers = positions.compactMap { position in position.number.map { (position, $0) } }
        guard numbers.count == positions.count else { return [positions.first ?? .null, positions.last ?? .null] }
        let lowest = numbers.min { $0.1 < $1.1 }
        let highest = numbers.max { $0.1 < $1.1 }
        return [lowest?.0 ?? .null, highest?.0 ?? .null]
    }
}

extension SnakeAxes {
    /// How the choice is shown among the arguments of a plan.
    fileprivate var label: String {
        switch self {
        case .none: "False"
        case .all: "True"
        case .motors(let motors): "[\(motors.map(\.label).joined(separator: ", "))]"
        }
    }
}
