internal import Synchronization

/// Asks devices, so that one that does not answer cannot hold up a pause, an abort, or the end of a call.
struct DeviceCaller: Sendable {
    let control: EngineControl
    /// How many seconds a device has to answer, once somebody waits for that.
    let patience: Double
    let report: ReportHandler?

    /// How many seconds a device may take before people are told whom the engine waits for.
    private static let noticeTime = 1.0

    /// Asks a device. While nobody interrupts the plan, the device has all the time it needs.
    ///
    /// - Parameters:
    ///   - givenUp: Called when the answer did not come in time.
    ///   - late: Called with an answer that comes after that.
    /// - Throws: what the device throws; `EngineContext.Interruption` if somebody interrupted and the answer did not
    ///   come in time; ``DeviceError`` if that happens while the plan cleans up.
    func ask<Answer: Sendable>(
        _ device: any Device,
        _ question: @escaping @Sendable () async throws -> Answer,
        givenUp: () -> Void = {},
        late: @escaping @Sendable (Answer) -> Void = { _ in }
    ) async throws -> Answer {
        let answer = PendingAnswer(to: question)
        if let early = answer.result { return try early.get() }
        if control.isEnding {
            if let result = await wait(for: answer, of: device) { return try result.get() }
            givenUp()
            answer.whenLate(late)
            throw silence(of: device)
        }
        let waiter = Waiter()
        answer.whenThere { waiter.wake(.done) }
        while true {
            switch await control.wait(for: waiter, listening: false) {
            case .calledAway: continue
            case .interrupted, .timedOut:
                guard let result = await wait(for: answer, of: device) else {
                    givenUp()
                    answer.whenLate(late)
                    throw EngineContext.Interruption(isUnanswered: true)
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
        guard let result = await wait(for: PendingAnswer(to: question), of: device) else {
            throw silence(of: device)
        }
        return try result.get()
    }

    /// Waits for an answer as long as the device may take.
    private func wait<Answer>(
        for answer: PendingAnswer<Answer>,
        of device: any Device
    ) async -> Result<Answer, any Error>? {
        if let result = answer.result { return result }
        let notice = Timer(after: Self.noticeTime) { [report, patience, name = device.name] in
            report?("Waiting for \(name), which has \(patience) s to answer")
        }
        defer { notice.cancel() }
        return await answer.result(within: patience)
    }

    private func silence(of device: any Device) -> DeviceError {
        DeviceError(device, "it did not answer within \(patience) s")
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

    /// Calls `arrival` with the answer when it is there, unless it is an error.
    func whenLate(_ arrival: @escaping @Sendable (Answer) -> Void) {
        whenThere { [self] in
            if case .success(let answer)? = result { arrival(answer) }
        }
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
