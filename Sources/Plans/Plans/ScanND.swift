internal import EventModel
public import RunEngine
public import Wire

/// Goes through any trajectory and reads detectors and motors at each point.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - trajectory: The motors and the points.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func scanND(
    _ detectors: [any Readable],
    _ trajectory: Trajectory,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try ArgumentChecks(plan: "scan_nd").motors(trajectory.motors)
    let own: JSONObject = [
        "plan_args": [
            "detectors": labels(detectors), "cycler": .string(trajectory.label), "per_step": perStep.argument,
        ],
        "plan_name": "scan_nd",
        "hints": .object(axisHints(trajectory.motors)),
    ]
    return scan(
        name: "scan_nd",
        detectors: detectors,
        trajectory: trajectory,
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}

/// The common part of all scans: goes through a trajectory and takes an event at each point.
func scan(
    name: String,
    detectors: [any Readable],
    trajectory: Trajectory,
    perStep: PerStep?,
    metadata: JSONObject
) -> Plan {
    var own: JSONObject = ["detectors": names(detectors), "motors": names(trajectory.motors)]
    own.setPoints(trajectory.count)
    let devices = detectors + trajectory.motors
    return stagedRun(name, devices, areEvents: perStep == nil, metadata: own.merging(metadata)) { context in
        var cache = PositionCache()
        for number in 0..<trajectory.count {
            let step = trajectory.step(number)
            if let perStep {
                try await perStep(context, detectors, step, &cache)
            } else {
                try await context.oneNDStep(detectors, step, &cache)
            }
        }
    }
}
