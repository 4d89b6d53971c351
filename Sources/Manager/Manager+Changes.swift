import Logging
import QueueStore
import SupervisorLink
import Wire
import WorkerLink

/// How events change what the manager does and has: computed, stored, shown, and only then acted upon.
extension Manager {
    /// Lets an event change what the manager does: computes the step, stores its changes, and only then shows it.
    /// The step's actions are carried out when the reply to the present request is out, or by ``handOver()`` before.
    ///
    /// - Throws: ``Refusal`` if the event is not allowed now, ``QueueStoreError`` if its changes could not be stored.
    func transition(_ event: (inout Execution) throws -> Execution.Step) throws {
        var next = execution
        let step = try event(&next)
        try store(step.changes + flagChanges(to: next))
        if next.tasks.completions != execution.tasks.completions { uids.taskResults = UID.make() }
        if next.suspensions != execution.suspensions { publisher?.publish(suspensions: next.suspensions) }
        execution = next
        pendingActions += step.actions
        statusChanged()
    }

    /// Lets an event change what the manager does where nothing follows.
    func change(_ event: (inout Execution) throws -> Void) throws {
        try transition { execution in
            try event(&execution)
            return Execution.Step()
        }
    }

    /// What must be stored so that a manager that replaces this one has the same flags.
    private func flagChanges(to next: Execution) -> [QueueChange] {
        var changes: [QueueChange] = []
        if next.isAutostartEnabled != execution.isAutostartEnabled {
            changes.append(.set(.autostart, .bool(next.isAutostartEnabled)))
        }
        if next.isStopPending != execution.isStopPending {
            changes.append(.set(.stopPending, .bool(next.isStopPending)))
        }
        return changes
    }

    /// Stores changes of the queue and applies them.
    ///
    /// - Throws: ``Refusal`` with the reason if they could not be stored; nothing has changed then.
    func commit(_ changes: [QueueChange]) throws(Refusal) {
        do {
            try store(changes)
        } catch {
            log.error("\(error)")
            throw .request("\(error)")
        }
        statusChanged()
    }

    private func store(_ changes: [QueueChange]) throws {
        guard !changes.isEmpty else { return }
        let changes = changes + historyLimit.changes(following: changes, count: historyCount)
        try write(changes)
        queue.apply(changes)
        uids.note(changes)
        historyCount += HistoryLimit.growth(changes)
        for case .record(let item) in changes {
            metrics.countPlan(exitStatus: item.members["result"]?["exit_status"]?.string ?? "unknown")
        }
        PlanLog(logger: log).note(changes)
        // Whoever has read the reply finds the change in the metrics too.
        measure()
    }

    /// Removes entries of the history; the history counts as changed if one was removed or all were asked for.
    func trimHistory(_ change: QueueChange, clearsAll: Bool) throws {
        try write([change])
        let count = try store.historyCount()
        if clearsAll || count != historyCount { uids.note([change]) }
        historyCount = count
        statusChanged()
    }

    private func write(_ changes: [QueueChange]) throws {
        do {
            try audit.commit(changes, to: store, queue: queue)
            storeProblem = nil
        } catch {
            metrics.countStoreError()
            if storeProblem == nil { probeStore() }
            storeProblem = "\(error)"
            throw error
        }
    }

    /// Writes something that changes nothing, each second until it succeeds, so that it is known when a store that could
    /// not be written can be written again.
    private func probeStore() {
        Task {
            repeat {
                try? await Task.sleep(for: .seconds(1))
                try? write([.set(.queueMode, execution.mode.json)])
                performActions()
            } while storeProblem != nil
        }
    }

    /// Carries out what events have asked for, and what that asks for in turn.
    func performActions() {
        repeat {
            while !pendingActions.isEmpty {
                let actions = pendingActions
                pendingActions = []
                for action in actions { perform(action) }
            }
            autostart()
        } while !pendingActions.isEmpty
        measure()
        publishStatus()
    }

    /// Starts the queue if it shall start by itself. A store that cannot be written is tried again when it can be.
    private func autostart() {
        guard storeProblem == nil, execution.shouldAutostart(queue) else { return }
        do {
            try transition { try $0.startQueue(queue, at: WallClock.now) }
        } catch {
            log.error("The queue could not be started: \(error)")
        }
    }

    /// Hands over what only this process knows of, so that a request that is answered is not lost with it: the
    /// supervisor has it then, and what is meant for the worker is sent.
    ///
    /// - Returns: The number of the command that the worker has to answer before the request counts as carried out.
    func handOver() -> Int? {
        var number = 0
        for action in pendingActions where action.isInMemoryOnly {
            if case .send(let command) = action { number = send(command) } else { perform(action) }
        }
        pendingActions.removeAll(where: \.isInMemoryOnly)
        return number == 0 ? nil : number
    }

    private func perform(_ action: Execution.Action) {
        switch action {
        case .startWorker:
            metrics.countWorkerStart()
            tellSupervisor(.startWorker)
        case .killWorker: tellSupervisor(.killWorker)
        case .send(.runPlan(let item, _)): send(.runPlan(item: item, call: lists.call(for: item)))
        case .send(let command): send(command)
        case .endWorker: tellSupervisor(.endWorker)
        case .expectEnd: expectEndOfWorker()
        case .log(let text): log.info("\(text)")
        case .warn(let text): log.warning("\(text)")
        }
    }
}
