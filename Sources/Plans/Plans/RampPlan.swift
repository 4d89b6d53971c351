internal import EventModel
public import RunEngine
public import Wire

/// A ramp took longer than it was given.
public struct RampFail: Error, Hashable, CustomStringConvertible {
    /// How many seconds it was given.
    public let timeout: Double

    /// What happened.
    public var description: String { "The ramp was not done within \(timeout) s" }
}

/// Takes data over and over while something goes on: a ramp of a temperature, a long move.
///
/// - Parameters:
///   - begin: Begins the ramp; its status tells when it is over.
///   - monitor: Recorded in a stream of its own meanwhile.
///   - takePreData: Whether data are taken once before it begins.
///   - timeout: After how many seconds the ramp fails with ``RampFail``.
///   - period: How many seconds it takes at least from one time to the next.
///   - metadata: Go into the run and win over what the plan says.
///   - takeData: Takes data once.
public func rampPlan(
    _ begin: @escaping @Sendable (PlanContext) async throws -> Status,
    monitor: any Subscribable,
    takePreData: Bool = true,
    timeout: Double? = nil,
    period: Double? = nil,
    metadata: JSONObject = [:],
    takeData: @escaping @Sendable (PlanContext) async throws -> Void
) -> Plan {
    let metadata = metadata.withName("ramp_plan")
    return Plan(withResult: "ramp_plan") { context in
        try await context.withMonitors([monitor]) { context in
            let uid = try await context.withRun(metadata: metadata) {
                let start = context.clock
                if takePreData { try await takeData(context) }
                let status = try await begin(context)
                while !status.isDone {
                    let turn = context.clock
                    try await takeData(context)
                    if let timeout, context.clock - start > timeout {
                        throw RampFail(timeout: timeout)
                    }
                    guard let period else { continue }
                    let rest = period - (context.clock - turn)
                    if rest > 0 { try await context.sleep(rest) }
                }
                try await takeData(context)
            }
            return .string(uid)
        }
    }
}
