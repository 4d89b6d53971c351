internal import Synchronization

extension EngineContext {
    /// Waits until all members of the group are done or one has failed. Returns whether all are done.
    func wait(_ wait: Wait) async throws -> Bool {
        guard let members = groups.removeValue(forKey: wait.group) else { return true }
        announceWait(wait, members)
        let pending = members.filter { !$0.isDone }
        // A failure is told at the end of the message, by the status itself.
        guard !pending.isEmpty, members.allSatisfy({ !$0.isDone || $0.isSuccessful }) else {
            concludeWait(wait, isDone: true)
            return true
        }
        switch try await wake(pending, watching: wait.watch.flatMap { groups[$0] ?? [] }, timeout: wait.timeout) {
        case .done:
            concludeWait(wait, isDone: true)
            return true
        case .interrupted:
            concludeWait(wait, isDone: true)
            throw Interruption()
        case .timedOut:
            groups[wait.group, default: []].append(contentsOf: members)
            let late = members.filter { !$0.isDone }
            concludeWait(wait, isDone: wait.errorOnTimeout || late.isEmpty)
            guard wait.errorOnTimeout else { return late.isEmpty }
            throw WaitTimeout(group: wait.group, seconds: wait.timeout ?? 0, pending: late.compactMap(\.name))
        case .calledAway: return false
        }
    }

    /// Waits until all are done or one has failed, whose failure is thrown.
    func wait(for statuses: [Status], timeout: Double?) async throws {
        let pending = statuses.filter { !$0.isDone }
        if let hook = engine.configuration.waitingHook { hook(statuses) }
        defer { engine.configuration.waitingHook?(nil) }
        if !pending.isEmpty, statuses.allSatisfy({ !$0.isDone || $0.isSuccessful }) {
            switch try await wake(pending, timeout: timeout) {
            case .done, .calledAway: break
            case .interrupted: throw Interruption()
            case .timedOut:
                let late = statuses.filter { !$0.isDone }.compactMap(\.name)
                throw WaitTimeout(group: nil, seconds: timeout ?? 0, pending: late)
            }
        }
        for status in statuses where status.isDone && !status.isSuccessful { throw FailedStatus(status: status) }
    }

    /// Waits for statuses of which none has failed so far.
    private func wake(
        _ pending: [Status],
        watching watched: [Status] = [],
        timeout: Double?
    ) async throws -> Waiter.Wake {
        let waiter = Waiter()
        let countdown = Countdown(pending.count)
        for status in pending {
            status.addCallback { status in
                if !status.isSuccessful || countdown.countDown() == 0 { waiter.wake(.done) }
            }
        }
        for status in watched {
            status.addCallback { status in
                if !status.isSuccessful { waiter.wake(.done) }
            }
        }
        let timer = timeout.map { seconds in Timer(after: seconds) { waiter.wake(.timedOut) } }
        defer { timer?.cancel() }
        return try await wait(for: waiter)
    }

    /// Waits, and meanwhile records what monitors hear.
    private func wait(for waiter: Waiter) async throws -> Waiter.Wake {
        while true {
            let wake = await control.wait(for: waiter)
            guard wake == .calledAway else { return wake }
            try record(control.takeHeard())
        }
    }

    /// Tells the hook that a wait begins; once only for a wait that is repeated until the group is done.
    private func announceWait(_ wait: Wait, _ members: [Status]) {
        guard let hook = engine.configuration.waitingHook else { return }
        if wait.errorOnTimeout || announcedGroups.insert(wait.group).inserted { hook(members) }
    }

    private func concludeWait(_ wait: Wait, isDone: Bool) {
        guard isDone, let hook = engine.configuration.waitingHook else { return }
        announcedGroups.remove(wait.group)
        hook(nil)
    }

    func sleep(_ seconds: Double) async throws {
        guard seconds > 0 else { return }
        let waiter = Waiter()
        let timer = Timer(after: seconds) { waiter.wake(.done) }
        defer { timer.cancel() }
        if try await wait(for: waiter) == .interrupted { throw Interruption() }
    }

    /// Asks the user.
    func input(_ prompt: String) async throws -> String {
        guard let handler = engine.configuration.input else { throw InputUnavailable(prompt: prompt) }
        let answer = Answer()
        let asked = Status.running("input") { answer.put(try await handler(prompt)) }
        do {
            try await wait(for: [asked], timeout: nil)
        } catch let failure as FailedStatus {
            throw failure.status.error ?? failure
        }
        return answer.text
    }
}

/// What the user answered, once it is there.
private final class Answer: Sendable {
    private let value = Mutex("")

    var text: String { value.withLock { $0 } }

    func put(_ text: String) { value.withLock { $0 = text } }
}
