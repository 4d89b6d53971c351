public import RunEngine
public import Wire

/// The same as ``scan(_:_:num:perStep:metadata:)``, under its former name.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func innerProductScan(
    _ detectors: [any Readable],
    num: Int,
    _ axes: [ScanAxis],
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try scan(detectors, axes, num: num, perStep: perStep, metadata: metadata.withName("inner_product_scan"))
        .named("inner_product_scan")
}

/// The same as ``relScan(_:_:num:perStep:metadata:)``, under its former name.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relativeInnerProductScan(
    _ detectors: [any Readable],
    num: Int,
    _ axes: [ScanAxis],
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let name = "relative_inner_product_scan"
    return try relScan(detectors, axes, num: num, perStep: perStep, metadata: metadata.withName(name)).named(name)
}

/// Moves two motors relative to where they are, the second half as far as the first: a θ-2θ scan.
///
/// - Parameters:
///   - detectors: What to read besides the motors.
///   - motor1: The motor that goes all the way.
///   - motor2: The motor that goes half the way.
///   - start: The first position of `motor1`, relative to where it is.
///   - stop: The last position of `motor1`, relative to where it is.
///   - num: The number of points, from 1.
///   - perStep: What to do at each point.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func x2xScan(
    _ detectors: [any Readable],
    _ motor1: any Positioner,
    _ motor2: any Positioner,
    from start: some SetpointValue,
    to stop: some SetpointValue,
    num: Int,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "x2x_scan")
    let first = try checks.number(start.setpoint, "start", of: motor1)
    let last = try checks.number(stop.setpoint, "stop", of: motor1)
    let own: JSONObject = [
        "plan_name": "x2x_scan",
        "plan_args": [
            "detectors": labels(detectors), "motor1": .string(motor1.name), "motor2": .string(motor2.name),
            "start": start.setpoint, "stop": stop.setpoint, "num": .integer(num), "per_step": perStep.argument,
        ],
    ]
    let axes = [ScanAxis(motor1, start, stop), ScanAxis(motor2, first / 2, last / 2)]
    return try relScan(detectors, axes, num: num, perStep: perStep, metadata: own.merging(metadata)).named("x2x_scan")
}
