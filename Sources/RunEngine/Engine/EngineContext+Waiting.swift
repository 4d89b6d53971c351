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
        switch await wake(pending, timeout: wait.timeout) {
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
        }
    }

    /// Waits for statuses of which none has failed so far.
    private func wake(_ pending: [Status], timeout: Double?) async -> Waiter.Wake {
        let waiter = Waiter()
        let countdown = Countdown(pending.count)
        for status in pending {
            status.addCallback { status in
                if !status.isSuccessful || countdown.countDown() == 0 { waiter.wake(.done) }
            }
        }
        let timer = timeout.map { seconds in Timer(after: seconds) { waiter.wake(.timedOut) } }
        defer { timer?.cancel() }
        return await control.wait(for: waiter)
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
        if await control.wait(for: waiter) == .interrupted { throw Interruption() }
    }
}
