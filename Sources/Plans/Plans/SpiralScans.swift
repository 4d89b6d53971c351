internal import EventModel
public import RunEngine
public import Wire

/// Moves two motors along a spiral of rings, and reads detectors and motors at each point.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func spiral(
    _ detectors: [any Readable],
    _ shape: SpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let points = try shape.points(ArgumentChecks(plan: "spiral"))
    let pattern = turned(shape.x, shape.y).merging([
        "dr": .double(shape.dr), "nth": .double(shape.nth), "dr_y": JSONValue(shape.drY), "tilt": .double(shape.tilt),
    ])
    return spiralScan("spiral", detectors, shape.x, shape.y, points, pattern, perStep, metadata)
}

/// Moves two motors along a Fermat spiral, which fills the area evenly, and reads detectors and motors at each point.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func spiralFermat(
    _ detectors: [any Readable],
    _ shape: FermatSpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let points = try shape.points(ArgumentChecks(plan: "spiral_fermat"))
    let pattern = turned(shape.x, shape.y).merging([
        "dr": .double(shape.dr), "factor": .double(shape.factor), "dr_y": JSONValue(shape.drY),
        "tilt": .double(shape.tilt),
    ])
    return spiralScan("spiral_fermat", detectors, shape.x, shape.y, points, pattern, perStep, metadata)
}

/// Moves two motors over a grid from its middle outwards, and reads detectors and motors at each point.
///
/// - Throws: ``PlanError`` if the arguments do not fit.
public func spiralSquare(
    _ detectors: [any Readable],
    _ shape: SquareSpiralShape,
    perStep: PerStep? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let (x, y) = (shape.x, shape.y)
    let points = try shape.points(ArgumentChecks(plan: "spiral_square"))
    var hints = axisHints([y.motor, x.motor])
    hints["gridding"] = "rectilinear_nonsequential"
    let own: JSONObject = [
        "plan_args": [
            "detectors": labels(detectors), "x_motor": .string(x.motor.label), "y_motor": .string(y.motor.label),
            "x_center": .double(x.center), "y_center": .double(y.center), "x_range": .double(x.range),
            "y_range": .double(y.range), "x_num": .integer(shape.xNum), "y_num": .integer(shape.yNum),
            "per_step": perStep.argument,
        ],
        "plan_name": "spiral_square",
        "plan_pattern": "spiral_square",
        "shape": [.integer(shape.yNum), .integer(shape.xNum)],
        "extents": [extent(y, width: y.range / 2), extent(x, width: x.range / 2)],
        "hints": .object(hints),
    ]
    return scan(
        name: "spiral_square",
        detectors: detectors,
        trajectory: Trajectory(x, y, points),
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}

private func spiralScan(
    _ name: String,
    _ detectors: [any Readable],
    _ x: SpiralAxis,
    _ y: SpiralAxis,
    _ points: [PlanePoint],
    _ pattern: JSONObject,
    _ perStep: PerStep?,
    _ metadata: JSONObject
) -> Plan {
    let arguments = pattern.merging(["detectors": labels(detectors), "per_step": perStep.argument])
    let own: JSONObject = [
        "plan_args": .object(arguments),
        // The range counts from the middle to either side here: what readers of such runs expect.
        "extents": [extent(x, width: x.range), extent(y, width: y.range)],
        "plan_name": .string(name),
        "plan_pattern": .string(name),
        "plan_pattern_args": .object(pattern),
        "plan_pattern_module": "bluesky.plan_patterns",
        "hints": .object(axisHints([x.motor, y.motor])),
    ]
    return scan(
        name: name,
        detectors: detectors,
        trajectory: Trajectory(x, y, points),
        perStep: perStep,
        metadata: own.withGiven(metadata)
    )
}

private func turned(_ x: SpiralAxis, _ y: SpiralAxis) -> JSONObject {
    [
        "x_motor": .string(x.motor.label), "y_motor": .string(y.motor.label), "x_start": .double(x.center),
        "y_start": .double(y.center), "x_range": .double(x.range), "y_range": .double(y.range),
    ]
}

private func extent(_ axis: SpiralAxis, width: Double) -> JSONValue {
    [.double(axis.center - width), .double(axis.center + width)]
}
