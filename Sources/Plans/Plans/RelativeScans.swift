public import RunEngine
public import Wire

// Scans whose positions count from where the motors are. At the end, whatever happened short of a halt, the motors are
// sent back. The metadata hold the positions as they were given.

/// ``scan(_:_:num:perStep:metadata:)`` relative to where the motors are.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relScan(
    _ detectors: [any Readable],
    _ axes: [ScanAxis],
    num: Int,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try scan(detectors, axes, num: num, perStep: perStep, metadata: metadata.withName("rel_scan"))
        .relative(to: axes.map(\.motor)).named("rel_scan")
}

/// ``listScan(_:_:perStep:metadata:)`` relative to where the motors are.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relListScan(
    _ detectors: [any Readable],
    _ axes: [ListAxis],
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try listScan(detectors, axes, perStep: perStep, metadata: metadata.withName("rel_list_scan"))
        .relative(to: axes.map(\.motor)).named("rel_list_scan")
}

/// ``gridScan(_:_:snakeAxes:perStep:metadata:)`` relative to where the motors are.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relGridScan(
    _ detectors: [any Readable],
    _ axes: [GridAxis],
    snakeAxes: SnakeAxes = .none,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let metadata = metadata.withName("rel_grid_scan")
    return try gridScan(detectors, axes, snakeAxes: snakeAxes, perStep: perStep, metadata: metadata)
        .relative(to: axes.map(\.motor)).named("rel_grid_scan")
}

/// ``listGridScan(_:_:snakeAxes:perStep:metadata:)`` relative to where the motors are.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relListGridScan(
    _ detectors: [any Readable],
    _ axes: [ListAxis],
    snakeAxes: SnakeAxes = .none,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let metadata = metadata.withName("rel_list_grid_scan")
    return try listGridScan(detectors, axes, snakeAxes: snakeAxes, perStep: perStep, metadata: metadata)
        .relative(to: axes.map(\.motor)).named("rel_list_grid_scan")
}

/// ``logScan(_:_:from:to:num:perStep:metadata:)`` relative to where the motor is.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relLogScan(
    _ detectors: [any Readable],
    _ motor: any Positioner,
    from start: some SetpointValue,
    to stop: some SetpointValue,
    num: Int,
    perStep: Per1DStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let metadata = metadata.withName("rel_log_scan")
    return try logScan(detectors, motor, from: start, to: stop, num: num, perStep: perStep, metadata: metadata)
        .relative(to: [motor]).named("rel_log_scan")
}

/// ``adaptiveScan(_:_:_:)`` relative to where the motor is.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relAdaptiveScan(
    _ detectors: [any Readable],
    _ search: AdaptiveSearch,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try adaptiveScan(detectors, search, metadata: metadata.withName("rel_adaptive_scan"))
        .relative(to: [search.motor]).named("rel_adaptive_scan")
}

/// ``spiral(_:_:perStep:metadata:)`` around where the motors are; the center of the shape counts from there.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relSpiral(
    _ detectors: [any Readable],
    _ shape: SpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try spiral(detectors, shape, perStep: perStep, metadata: metadata.withName("rel_spiral"))
        .relative(to: [shape.x.motor, shape.y.motor]).named("rel_spiral")
}

/// ``spiralFermat(_:_:perStep:metadata:)`` around where the motors are; the center of the shape counts from there.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relSpiralFermat(
    _ detectors: [any Readable],
    _ shape: FermatSpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try spiralFermat(detectors, shape, perStep: perStep, metadata: metadata.withName("rel_spiral_fermat"))
        .relative(to: [shape.x.motor, shape.y.motor]).named("rel_spiral_fermat")
}

/// ``spiralSquare(_:_:perStep:metadata:)`` around where the motors are; the center of the shape counts from there.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func relSpiralSquare(
    _ detectors: [any Readable],
    _ shape: SquareSpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    try spiralSquare(detectors, shape, perStep: perStep, metadata: metadata.withName("rel_spiral_square"))
        .relative(to: [shape.x.motor, shape.y.motor]).named("rel_spiral_square")
}
