public import RunEngine
public import Wire

/// Moves one or several motors together through lists of positions, and reads detectors and motors at each point.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - axes: The motors with their positions; all lists have the same length.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func listScan(
    _ detectors: [any Readable],
    _ axes: [ListAxis],
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "list_scan")
    try checks.motors(axes.map(\.motor))
    let num = axes.first?.positions.count ?? 0
    guard axes.allSatisfy({ $0.positions.count == num }) else {
        let lengths = axes.map { "\($0.motor.name): \($0.positions.count)" }.joined(separator: ", ")
        throw PlanError("list_scan: all lists of positions must have the same length; they have \(lengths)")
    }
    try checks.pointCount(num, "number of positions")
    let args = JSONValue.array(axes.flatMap { [.string($0.motor.label), .array($0.positions)] })
    let fields = axes.flatMap { $0.motor.hintedFields }
    let own: JSONObject = [
        "plan_args": ["detectors": labels(detectors), "args": args, "per_step": perStep.argument],
        "plan_name": "list_scan",
        "plan_pattern": "inner_list_product",
        "plan_pattern_module": "bluesky.plan_patterns",
        "plan_pattern_args": ["args": args],
        "hints": fields.isEmpty ? [:] : ["dimensions": [dimension(fields)]],
    ]
    let trajectory = Trajectory(motors: axes.map(\.motor), count: num) { number in axes.map { $0.positions[number] } }
    return scan(
        name: "list_scan",
        detectors: detectors,
        trajectory: trajectory,
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}
