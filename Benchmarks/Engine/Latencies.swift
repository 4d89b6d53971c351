import Plans
import RunEngine
import Synchronization
import Wire

/// A motor that never arrives, but stops when it is told to.
private final class EndlessMotor: Movable, Stoppable {
    let name = "endless"
    private let pending = Mutex<[Status]>([])

    func set(_ setpoint: JSONValue) -> Status {
        let status = Status(name: name)
        pending.withLock { $0.append(status) }
        return status
    }

    func stop(success: Bool) {
        let ended = pending.withLock { pending in
            defer { pending = [] }
            return pending
        }
        for status in ended { status.finish() }
    }
}

/// A detector whose exposures never end and cannot be stopped.
private final class EndlessDetector: Triggerable {
    let name = "endless"

    func trigger() -> Status { Status(name: name) }
}

/// How long it takes from a request until it has its effect, in milliseconds: the median of fifty times.
func latencies() async throws -> [(name: String, milliseconds: Double)] {
    let (motor, detector) = (EndlessMotor(), EndlessDetector())
    let plans: [(String, String, Plan)] = [
        ("a sleep", "sleep", Plan("sleep") { try await $0.sleep(3600) }),
        ("a move", "wait", Plan("move") { try await $0.mv(motor, 1) }),
        ("an exposure", "wait", Plan("exposure") { try await $0.trigger(detector, wait: true) }),
    ]
    var results: [(String, Double)] = []
    for (name, command, plan) in plans {
        let pauses = try await times(plan, until: .paused, command) { try $0.requestPause() }
        results.append(("pause of \(name)", median(pauses)))
        let aborts = try await times(plan, until: .idle, command) { try $0.abort() }
        results.append(("abort of \(name)", median(aborts)))
    }
    return results
}

private func times(
    _ plan: Plan,
    until state: EngineState,
    _ command: String,
    request: (RunEngine) throws -> Void
) async throws -> [Double] {
    var times: [Double] = []
    for _ in 0..<50 {
        let (reached, announce) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        var configuration = EngineConfiguration()
        configuration.onStateChange = { new, _ in if new == state { announce.yield(.now) } }
        configuration.messageHook = { if $0.command.name == command { begin.yield() } }
        let engine = RunEngine(configuration: configuration)
        let call = Task { try await engine.run(plan) }
        for await _ in begun { break }
        // The message has begun; now it waits.
        try await Task.sleep(for: .milliseconds(2))
        let start = ContinuousClock.now
        try request(engine)
        for await moment in reached {
            times.append(start.duration(to: moment) / .milliseconds(1))
            break
        }
        if state == .paused { try engine.halt() }
        _ = try await call.value
    }
    return times
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
