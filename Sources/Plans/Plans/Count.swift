public import RunEngine
public import Wire

/// What `count` does each time; ``RunEngine/PlanContext/oneShot(_:)`` unless it is told otherwise.
public typealias PerShot = @Sendable (PlanContext, _ detectors: [any Readable]) async throws -> Void

/// Takes readings of detectors, one after the other.
///
/// - Parameters:
///   - detectors: What to read.
///   - num: How often; for ever if nil.
///   - delay: How long a reading and the wait after it take at least.
///   - perShot: What to do each time.
///   - metadata: Go into the run and win over what the plan says.
/// - Throws: ``PlanError`` if the arguments do not fit.
public func count(
    _ detectors: [any Readable],
    num: Int? = 1,
    delay: Delay = 0,
    perShot: PerShot? = nil,
    metadata: JSONObject = [:]
) throws(PlanError) -> Plan {
    if let problem = delay.problem(turns: num) { throw PlanError("count: \(problem)") }
    var own: JSONObject = [
        "detectors": names(detectors),
        "plan_args": ["detectors": labels(detectors), "num": JSONValue(num), "delay": delay.json],
        "plan_name": "count",
        "hints": ["dimensions": [dimension(["time"])]],
    ]
    own.setPoints(num)
    return stagedRun("count", detectors, areEvents: perShot == nil, metadata: own.withGiven(metadata)) { context in
        try await context.repeating(num, delay: delay) {
            if let perShot {
                try await perShot(context, detectors)
            } else {
                try await context.oneShot(detectors)
            }
        }
    }
}

extension Delay {
    /// The delay as it stands in metadata.
    fileprivate var json: JSONValue {
        switch self {
        case .seconds(let seconds): .double(seconds)
        case .list(let list): .array(list.map(JSONValue.double))
        }
    }
}
