public import RunEngine
public import Wire

/// Moves one or several motors together, in even steps, and reads detectors and motors at each point.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - axes: The motors with their first and last positions.
///   - num: The number of points, from 1.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func scan(
    _ detectors: [any Readable],
    _ axes: [ScanAxis],
    num: Int,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "scan")
    try checks.pointCount(num)
    try checks.motors(axes.map(\.motor))
    var ends: [(start: Double, stop: Double)] = []
    for axis in axes {
        ends.append(
            (
                try checks.number(axis.start, "start", of: axis.motor),
                try checks.number(axis.stop, "stop", of: axis.motor)
            )
        )
    }
    let args = JSONValue.array(axes.flatMap { [.string($0.motor.label), $0.start, $0.stop] })
    let fields = axes.flatMap { $0.motor.hintedFields }
    let own: JSONObject = [
        "plan_args": [
            "detectors": labels(detectors), "num": .integer(num), "args": args, "per_step": perStep.argument,
        ],
        "plan_name": "scan",
        "plan_pattern": "inner_product",
        "plan_pattern_module": "bluesky.plan_patterns",
        "plan_pattern_args": ["num": .integer(num), "args": args],
        "hints": fields.isEmpty ? [:] : ["dimensions": [dimension(fields)]],
    ]
    let trajectory = Trajectory(motors: axes.map(\.motor), count: num) { [ends] number in
        ends.map { .double(linearPosition(number, from: $0.start, to: $0.stop, num: num)) }
    }
    return scan(
        name: "scan",
        detectors: detectors,
        trajectory: trajectory,
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}

extension PerStep? {
    /// How the function is shown among the arguments of a plan.
    var argument: JSONValue { self == nil ? "None" : "custom" }
}
