internal import EventModel
public import RunEngine
public import Wire

/// How the centre of a peak is searched for.
public struct CentroidSearch: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The field that has the peak.
    public let signal: String
    /// One end of the first pass.
    public let start: Double
    /// The other end.
    public let stop: Double
    /// The search is over when steps would be smaller.
    public let minStep: Double
    /// The number of points of a pass.
    public let num: Int
    /// By what the range is divided from pass to pass.
    public let stepFactor: Double
    /// Whether each second pass goes the other way.
    public let snake: Bool

    /// A search with `motor` for the peak of `signal`.
    public init(
        _ motor: any Positioner,
        signal: String,
        from start: Double,
        to stop: Double,
        minStep: Double,
        num: Int = 10,
        stepFactor: Double = 3,
        snake: Bool = false
    ) {
        self.motor = motor
        self.signal = signal
        self.start = start
        self.stop = stop
        self.minStep = minStep
        self.num = num
        self.stepFactor = stepFactor
        self.snake = snake
    }
}

/// Moves a motor to the centre of a peak: scans, takes the centroid, scans a smaller range around it, and so on.
///
/// - Parameters:
///   - detectors: What to read besides the motor; one of them has the signal.
///   - search: The motor, the signal and the range.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func tuneCentroid(
    _ detectors: [any Readable],
    _ search: CentroidSearch,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    let checks = ArgumentChecks(plan: "tune_centroid")
    try checks.finite(search.start, "start")
    try checks.finite(search.stop, "stop")
    try checks.positive(search.minStep, "min_step")
    guard search.num > 1 else { throw PlanError("tune_centroid: 'num' must be at least 2, not \(search.num)") }
    guard search.stepFactor > 1, search.stepFactor.isFinite else {
        throw PlanError("tune_centroid: 'step_factor' must be greater than 1, not \(search.stepFactor)")
    }
    let own: JSONObject = [
        "detectors": names(detectors),
        "motors": names([search.motor]),
        "plan_args": [
            "detectors": labels(detectors), "motor": .string(search.motor.label), "start": .double(search.start),
            "stop": .double(search.stop), "num": .integer(search.num), "min_step": .double(search.minStep),
        ],
        "plan_name": "tune_centroid",
        "hints": .object(axisHints([search.motor])),
    ]
    let devices = detectors + [search.motor]
    return stagedRun("tune_centroid", devices, areEvents: true, metadata: own.withGiven(metadata)) { context in
        try await context.tune(detectors, search)
    }
}

/// One pass of the search.
private struct CentroidPass {
    let start: Double
    let stop: Double
    let step: Double
    var intensity = 0.0
    var moment = 0.0

    init(from start: Double, to stop: Double, num: Int) {
        self.start = start
        self.stop = stop
        step = (stop - start) / Double(num - 1)
    }

    func contains(_ position: Double) -> Bool { min(start, stop) <= position && position <= max(start, stop) }

    /// A smaller pass around `peak`, within `limits`.
    func narrowed(to peak: Double, within limits: ClosedRange<Double>, _ search: CentroidSearch) -> CentroidPass {
        let half = (stop - start) / search.stepFactor / 2
        let ends = [peak - half, peak + half].map { min(max($0, limits.lowerBound), limits.upperBound) }
        return CentroidPass(
            from: search.snake ? ends[1] : ends[0],
            to: search.snake ? ends[0] : ends[1],
            num: search.num
        )
    }
}

extension PlanContext {
    fileprivate func tune(_ detectors: [any Readable], _ search: CentroidSearch) async throws {
        let limits = min(search.start, search.stop)...max(search.start, search.stop)
        let fields = search.motor.hintedFields
        let motorField = fields.count == 1 ? fields[0] : search.motor.name
        var pass = CentroidPass(from: search.start, to: search.stop, num: search.num)
        var position = pass.start
        var peak: Double?
        while abs(pass.step) >= search.minStep, limits.contains(position) {
            try await checkpoint()
            try await mv(search.motor, position)
            let readings = try await triggerAndRead(detectors + [search.motor])
            let intensity = try readings.number(search.signal, plan: "tune_centroid")
            pass.intensity += intensity
            pass.moment += intensity * (try readings.number(motorField, plan: "tune_centroid"))
            position += pass.step
            if pass.contains(position) { continue }
            // Without any intensity there is no peak to go to.
            if pass.intensity == 0 { return }
            let centroid = pass.moment / pass.intensity
            peak = centroid
            pass = pass.narrowed(to: centroid, within: limits, search)
            position = pass.start
        }
        if let peak { try await mv(search.motor, peak) }
    }
}
