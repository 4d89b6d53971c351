internal import EventModel
public import RunEngine
public import Wire

/// How an adaptive scan goes.
public struct AdaptiveSearch: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The field whose change from point to point decides on the steps.
    public let targetField: String
    /// Where to begin.
    public let start: Double
    /// Where to end.
    public let stop: Double
    /// The smallest step.
    public let minStep: Double
    /// The largest step.
    public let maxStep: Double
    /// By how much the field should change from point to point.
    public let targetDelta: Double
    /// Whether to go back after a step that was much too large.
    public let backstep: Bool
    /// A step is much too large if a good one is less than this part of it.
    public let threshold: Double

    /// A search with `motor` for changes of `targetField`.
    public init(
        _ motor: any Positioner,
        targetField: String,
        from start: Double,
        to stop: Double,
        minStep: Double,
        maxStep: Double,
        targetDelta: Double,
        backstep: Bool,
        threshold: Double = 0.8
    ) {
        self.motor = motor
        self.targetField = targetField
        self.start = start
        self.stop = stop
        self.minStep = minStep
        self.maxStep = maxStep
        self.targetDelta = targetDelta
        self.backstep = backstep
        self.threshold = threshold
    }

    /// The step that would have made the field change by `targetDelta`, after one of size `step` changed it by
    /// `change`.
    func goodStep(after step: Double, change: Double) -> Double {
        let slope = abs(change) / step
        guard slope > 0 else { return min(step * 1.1, maxStep) }
        return min(max(targetDelta / slope, minStep), maxStep)
    }
}

/// Moves a motor in steps that are small where a field changes fast, and reads detectors and motor at each point.
///
/// - Parameters:
///   - detectors: What to read besides the motor; one of them has the field.
///   - search: The motor, the field and the steps.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func adaptiveScan(
    _ detectors: [any Readable],
    _ search: AdaptiveSearch,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "adaptive_scan")
    for (value, name) in [
        (search.start, "start"), (search.stop, "stop"), (search.targetDelta, "target_delta"),
        (search.threshold, "threshold"), (search.maxStep, "max_step"),
    ] {
        try checks.finite(value, name)
    }
    guard search.minStep > 0, search.maxStep > search.minStep else {
        throw PlanError(
            "adaptive_scan: the steps must fit 0 < min_step < max_step, not min_step=\(search.minStep), "
                + "max_step=\(search.maxStep)"
        )
    }
    let own: JSONObject = [
        "detectors": names(detectors),
        "motors": names([search.motor]),
        "plan_args": [
            "detectors": labels(detectors), "motor": .string(search.motor.label), "start": .double(search.start),
            "stop": .double(search.stop), "min_step": .double(search.minStep), "max_step": .double(search.maxStep),
            "target_delta": .double(search.targetDelta), "backstep": .bool(search.backstep),
            "threshold": .double(search.threshold),
        ],
        "plan_name": "adaptive_scan",
        "hints": .object(axisHints([search.motor])),
    ]
    let devices = detectors + [search.motor]
    return stagedRun("adaptive_scan", devices, areEvents: true, metadata: own.withGiven(metadata)) { context in
        let direction: Double = search.stop >= search.start ? 1 : -1
        var position = search.start
        var step = (search.maxStep - search.minStep) / 2
        var last: Double?
        while position * direction < search.stop * direction {
            let value = try await context.adaptivePoint(detectors, search, at: position)
            guard let previous = last else {
                last = value
                position += step * direction
                continue
            }
            let next = search.goodStep(after: step, change: value - previous)
            if search.backstep, next < step * search.threshold {
                position -= step * direction
                step = next
            } else {
                last = value
                step = 0.2 * next + 0.8 * step
            }
            position += step * direction
        }
    }
}

extension PlanContext {
    /// One event. Returns the value of the field that is looked at.
    fileprivate func adaptivePoint(
        _ detectors: [any Readable],
        _ search: AdaptiveSearch,
        at position: Double
    ) async throws -> Double {
        try await checkpoint()
        try await mv(search.motor, position)
        try await create()
        for case let detector as any Triggerable in detectors { try await trigger(detector, group: "B") }
        try await wait("B")
        var readings = Readings()
        for device in (detectors + [search.motor]).withoutParts { readings.merge(try await read(device)) }
        try await save()
        return try readings.number(search.targetField, plan: "adaptive_scan")
    }
}

extension Readings {
    /// The number under a key.
    ///
    /// - Throws: ``PlanError`` that lists the keys there are.
    func number(_ key: String, plan: String) throws(PlanError) -> Double {
        guard let value = self[key]?.value else {
            throw PlanError("\(plan): there is no field '\(key)'; there are \(keys.joined(separator: ", "))")
        }
        guard let number = value.number else {
            throw PlanError("\(plan): the field '\(key)' must be a number, not \(value.encodedText)")
        }
        return number
    }
}
