internal import EventModel
internal import Glibc
public import RunEngine
public import Wire

/// Moves a motor to positions whose logarithms are evenly spaced, and reads detectors and motor at each.
///
/// - Parameters:
///   - detectors: What to read besides the motor.
///   - motor: The motor.
///   - start: The decimal logarithm of the first position.
///   - stop: The decimal logarithm of the last position.
///   - num: The number of points, from 1.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func logScan(
    _ detectors: [any Readable],
    _ motor: any Positioner,
    from start: some SetpointValue,
    to stop: some SetpointValue,
    num: Int,
    perStep: Per1DStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "log_scan")
    try checks.pointCount(num)
    let first = try checks.number(start.setpoint, "start", of: motor)
    let last = try checks.number(stop.setpoint, "stop", of: motor)
    var own: JSONObject = [
        "detectors": names(detectors),
        "motors": names([motor]),
        "plan_args": [
            "detectors": labels(detectors), "num": .integer(num), "start": start.setpoint, "stop": stop.setpoint,
            "motor": .string(motor.label), "per_step": perStep == nil ? "None" : "custom",
        ],
        "plan_name": "log_scan",
        "plan_pattern": "logspace",
        "plan_pattern_module": "numpy",
        "plan_pattern_args": ["start": start.setpoint, "stop": stop.setpoint, "num": .integer(num)],
        "hints": .object(axisHints([motor])),
    ]
    own.setPoints(num)
    let devices = detectors + [motor]
    return stagedRun("log_scan", devices, areEvents: perStep == nil, metadata: own.withGiven(metadata)) { context in
        for number in 0..<num {
            let position = JSONValue.double(pow(10, linearPosition(number, from: first, to: last, num: num)))
            if let perStep {
                try await perStep(context, detectors, motor, position)
            } else {
                try await context.one1DStep(detectors, motor, position)
            }
        }
    }
}
