public import RunEngine

/// Sets devices at the same time and waits until all are there. No run.
public func mv(_ moves: [Move], timeout: Double? = nil) -> Plan {
    Plan("mv") { context in try await context.mv(moves, timeout: timeout) }
}

/// Moves devices by the distances that stand in for setpoints, at the same time, and waits until all are there. No run.
public func mvr(_ moves: [Move], timeout: Double? = nil) -> Plan {
    Plan("mvr") { context in try await context.mvr(moves, timeout: timeout) }
}

/// Does nothing. No run.
public func null() -> Plan {
    Plan("null") { context in try await context.null() }
}

/// Waits for so many seconds. No run.
///
/// - Throws: ``PlanError`` if the time is no number, or negative.
public func sleep(_ seconds: Double) throws(PlanError) -> Plan {
    guard seconds >= 0, seconds.isFinite else {
        throw PlanError("sleep: the time must be a number of seconds from 0, not \(seconds)")
    }
    return Plan("sleep") { context in try await context.sleep(seconds) }
}
