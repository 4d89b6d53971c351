internal import Synchronization

/// Asks devices, so that one that does not answer cannot hold up a pause, an abort, or the end of a call.
struct DeviceCaller: Sendable {
    let control: EngineControl
    /// How many seconds a device has to answer, once somebody waits for that.
    let patience: Double

    /// Asks a device. While nobody interrupts the plan, the device has all the time it needs.
    ///
    /// - Parameter late: Called when the answer comes after all, but nobody waits for it any more.
    /// - Throws: what the device throws; `EngineContext.Interruption` if somebody interrupted and the answer did not
    ///   come in time; ``DeviceError`` if that happens while the plan cleans up.
    func ask<Answer: Sendable>(
        _ device: any Device,
        _ question: @escaping @Sendable () async throws -> Answer,
        late: @escaping @Sendable () -> Void = {}
    ) async throws -> Answer {
        let answer = PendingAnswer(to: question)
        if let early = answer.result { return try early.get() }
        if control.isEnding { return try await insist(device, on: answer, late: late) }
        let waiter = Waiter()
        answer.whenThere { waiter.wake(.done) }
        while true {
            switch await control.wait(for: waiter, listening: false) {
            case .calledAway: continue
            case .interrupted, .timedOut:
                guard let result = await answer.result(within: patience) else {
                    answer.whenThere(late)
                    throw EngineContext.Interruption()
                }
                return try result.get()
            case .done:
                guard let result = answer.result else { continue }
                return try result.get()
            }
        }
    }

    /// Asks a device for something that comes with an interruption or with the end of a call.
    ///
    /// - Throws: what the device throws, and ``DeviceError`` if the answer does not come in time.
    func insist<Answer: Sendable>(
        _ device: any Device,
        _ question: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await insist(device, on: PendingAnswer(to: question), late: {})
    }

    private func insist<Answer>(
        _ device: any Device,
        on answer: PendingAnswer<Answer>,
        late: @escaping @Sendable () -> Void
    ) async throws -> Answer {
        guard let result = await answer.result(within: patience) else {
            answer.whenThere(late)
            throw DeviceError(device, "it did not answer within \(patience) s")
        }
        return try result.get()
    }
}

/// What a device is going to answer. Most answer at once, without another thread.
private final class PendingAnswer<Answer: Sendable>: Sendable {
    private enum State {
        case pending(arrival: (@Sendable () -> Void)?)
        case there(Result<Answer, any Error>)
    }

    private let state = Mutex(State.pending(arrival: nil))
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(to question: @escaping @Sendable () async throws -> Answer) {
        let task = Task.immediate { [self] in
            do {
                put(.success(try await question()))
            } catch {
                put(.failure(error))
            }
        }
        if result == nil { self.task.withLock { $0 = task } }
    }

    private func put(_ result: Result<Answer, any Error>) {
        let arrival = state.withLock { state -> (@Sendable () -> Void)? in
            defer { state = .there(result) }
            guard case .pending(let arrival) = state else { return nil }
            return arrival
        }
        arrival?()
    }

    var result: Result<Answer, any Error>? {
        state.withLock { state in
            guard case .there(let result) = state else { return nil }
            return result
        }
    }

    /// Calls `arrival` when the answer is there; at once if it is. One at a time.
    func whenThere(_ arrival: @escaping @Sendable () -> Void) {
        let isThere = state.withLock { state in
            if case .there = state { return true }
            state = .pending(arrival: arrival)
            return false
        }
        if isThere { arrival() }
    }

    /// Waits for the answer. If it does not come in time, whoever works on it is asked to give up.
    func result(within seconds: Double) async -> Result<Answer, any Error>? {
        if let result { return result }
        let waiter = Waiter()
        let timer = Timer(after: seconds) { waiter.wake(.timedOut) }
        defer { timer.cancel() }
        whenThere { waiter.wake(.done) }
        if await waiter.wait() == .timedOut, result == nil { task.withLock { $0?.cancel() } }
        return result
    }
}
