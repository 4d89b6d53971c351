internal import RunEngine
internal import Wire

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
    let metadata = own.merging(metadata)
    return Plan(withResult: name) { context in
        try await context.withStaged(detectors + trajectory.motors) {
            let uid = try await context.withRun(metadata: metadata) {
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
            return .string(uid)
        }
    }
}
