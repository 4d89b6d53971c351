import QueueStore
import SupervisorLink
import Wire
import WorkerLink

// MARK: - Starting and stopping the queue

extension Execution {
    /// Starts the first item. That is stored with the request: the item leaves the queue and is the running one before
    /// anybody is told that the queue was started.
    mutating func startQueue(_ queue: PlanQueue, at time: Double) throws(Refusal) -> Step {
        try checkReadyToExecute()
        state = .startingQueue
        return startNextItem(queue: queue, at: time)
    }

    /// Starts an item that does not come from the queue and does not go back to it. An instruction has no effect there.
    mutating func execute(_ item: QueueItem, at time: Double) throws(Refusal) -> Step {
        try checkReadyToExecute()
        guard !item.isInstruction else {
            finishQueue(disablesAutostart: false)
            return Step()
        }
        state = .startingQueue
        return start(RunningItem(item: item, timeStart: time, isImmediate: true))
    }

    private func checkReadyToExecute() throws(Refusal) {
        guard environmentExists else { throw .state("RE Worker environment does not exist.") }
        // The item that a former manager started may have no outcome yet.
        guard environment == .open, state == .idle, running == nil else { throw .state("RE Manager is busy.") }
        guard worker?.engine != nil else {
            throw .state("Run Engine is not found in the RE Worker environment.")
        }
    }

    mutating func stopQueue() throws(Refusal) {
        guard state == .startingQueue || state == .executingQueue else {
            throw .state("Failed to pause the queue. Queue is not running. Manager state: \(state.enumName)")
        }
        isStopPending = true
    }

    /// Whether the queue should start by itself now.
    func shouldAutostart(_ queue: PlanQueue) -> Bool {
        isAutostartEnabled && state == .idle && running == nil && environment == .open && worker?.engine != nil
            && queue.firstToRun != nil
    }

    mutating func cancelStop() { isStopPending = false }

    /// Takes the next item and starts it, or ends the execution of the queue if there is none.
    private mutating func startNextItem(queue: PlanQueue, at time: Double) -> Step {
        guard environment == .open, !isStopPending, let item = queue.firstToRun else {
            finishQueue(disablesAutostart: isStopPending)
            return Step()
        }
        if item.isInstruction {
            finishQueue(disablesAutostart: true)
            let copy = mode.loop ? queue.inserting([item.copy()], at: queue.count) : []
            return Step(changes: [.remove(uid: item.uid)] + copy)
        }
        var step = start(RunningItem(item: item, timeStart: time))
        step.changes.insert(.remove(uid: item.uid), at: 0)
        return step
    }

    private mutating func start(_ item: RunningItem) -> Step {
        running = item
        isPausePending = false
        return Step(
            changes: [.set(.runningItem, .object(item.members))],
            actions: [.send(.runPlan(item: item.members))]
        )
    }

    private mutating func finishQueue(disablesAutostart: Bool) {
        state = .idle
        isStopPending = false
        isPausePending = false
        if disablesAutostart { isAutostartEnabled = false }
    }
}

// MARK: - The end of a plan

extension Execution {
    /// What becomes of the item, and whether the queue goes on.
    mutating func planFinished(_ result: PlanResult, queue: PlanQueue, at time: Double) -> Step {
        guard let running, running.item.uid == result.itemUID else {
            return Step(actions: [
                .log("The worker reported the end of an item that was not running: \(result.itemUID)")
            ])
        }
        var (changes, goesOn) = outcome(
            of: running,
            environment == .destroying && result.exitStatus == .aborted ? .destroyed(running.item.uid) : result,
            queue: queue,
            at: time
        )
        let isStopped = isStopPending || isPausePending
        self.running = nil
        isLeavingPause = false
        guard environment == .open else { return Step(changes: changes) }
        guard goesOn, !isStopped else {
            finishQueue(disablesAutostart: !running.isImmediate && (!goesOn || isStopPending))
            return Step(changes: changes)
        }
        state = .executingQueue
        // The next item leaves the queue in the same transaction. It may be this one, which goes back into the queue.
        var rest = queue
        if changes.contains(where: \.concernsQueue) { rest.apply(changes) }
        let next = startNextItem(queue: rest, at: time)
        changes.append(contentsOf: next.changes)
        return Step(changes: changes, actions: next.actions)
    }

    /// The history entry of an item and, where it goes back to the queue, its copy.
    func outcome(
        of running: RunningItem,
        _ result: PlanResult,
        queue: PlanQueue,
        at time: Double
    ) -> (changes: [QueueChange], goesOn: Bool) {
        var entry = running.item.members
        let details: JSONObject = [
            "exit_status": .string(result.exitStatus.rawValue), "run_uids": JSONValue(result.runUIDs),
            "scan_ids": .array(result.scanIDs.map(JSONValue.integer)), "time_start": .double(running.timeStart),
            "time_stop": .double(time), "msg": .string(result.message), "traceback": .string(result.traceback),
        ]
        entry["result"] = .object((entry["result"]?.object ?? [:]).merging(details))
        let recorded = QueueItem(uid: running.item.uid, members: entry)
        var changes: [QueueChange] = [.set(.runningItem, nil), .record(recorded)]
        if running.isImmediate { return (changes, false) }

        switch result.exitStatus {
        case .completed, .unknown, .stopped:
            if mode.loop { changes += queue.inserting([running.item.copy()], at: queue.count) }
        case .aborted, .halted: changes += queue.inserting([recorded.copy()], at: 0)
        case .failed:
            switch running.item.onFailure ?? onFailure {
            case .front where mode.ignoreFailures:
                if mode.loop { changes += queue.inserting([running.item.copy()], at: queue.count) }
            case .front: changes += queue.inserting([recorded.copy()], at: 0)
            case .hold: changes += queue.inserting([recorded.copy().held(true)], at: 0)
            case .drop: break
            }
        }
        let goesOn =
            switch result.exitStatus {
            case .completed, .unknown: true
            case .failed: mode.ignoreFailures
            case .stopped, .aborted, .halted: false
            }
        return (changes, goesOn)
    }

    /// Whether there is a worker that could run a plan.
    var takesPlans: Bool { environment == .open && worker?.engine != nil }

    /// The worker has never got the running item, which a former manager has stored as such: it is sent now.
    mutating func runningItemUnsent() -> Step {
        guard let running, takesPlans else { return Step() }
        state = .startingQueue
        return Step(actions: [.send(.runPlan(item: running.members))])
    }

    /// Accounts for an item that a former manager started and no worker knows of any more.
    mutating func runningItemLost(queue: PlanQueue, at time: Double) -> Step {
        guard let running else { return Step() }
        let result = PlanResult(
            itemUID: running.item.uid,
            exitStatus: .unknown,
            message: "Plan exit status was lost due to restart of the RE Manager process"
        )
        let changes = outcome(of: running, result, queue: queue, at: time).changes
        self.running = nil
        // Unlike a completed plan, a lost one is not looped: nobody knows whether it ran.
        return Step(changes: changes.filter { !$0.concernsQueue })
    }
}

// MARK: - Pausing

extension Execution {
    mutating func pause(deferred: Bool) throws(Refusal) -> Step {
        guard environmentExists else {
            throw .state("Environment does not exist. Can not pause Run Engine.")
        }
        guard let engine = worker?.engine else {
            throw .state("Run Engine is not found in the RE Worker environment.")
        }
        guard engine == "running" else {
            throw .state("Run engine can be paused only in 'running' state. Current state: '\(engine)'")
        }
        isPausePending = true
        return Step(actions: [.send(.pause(deferred: deferred))])
    }

    /// Ends the pause with one of resume, stop, abort and halt.
    mutating func leavePause(_ command: WorkerCommand) throws(Refusal) -> Step {
        guard state == .paused else {
            throw .state("RE Manager is not paused: current state is '\(state.rawValue)'")
        }
        state = .executingQueue
        isLeavingPause = true
        return Step(actions: [.send(command)])
    }
}

extension PlanResult {
    /// The result of a plan whose environment was destroyed, as clients know it: without its runs.
    static func destroyed(_ uid: String) -> PlanResult {
        PlanResult(itemUID: uid, exitStatus: .failed, message: "RE Worker environment was destroyed")
    }
}

extension QueueItem {
    /// What the item itself says about its failure.
    fileprivate var onFailure: ManagerSettings.OnFailure? {
        members["properties"]?["on_failure"]?.string.flatMap(ManagerSettings.OnFailure.init)
    }

    /// The item with a new UID.
    fileprivate func copy() -> QueueItem { QueueItem(uid: UID.make(), members: members) }
}
