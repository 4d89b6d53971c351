import Glibc
import Logging
import QueueStore
import SupervisorLink
import Wire
import WorkerLink
import ZeroMQ

/// What happened outside and must not be forgotten, even when the store cannot be written at the moment.
enum DurableEvent: Sendable {
    case report(number: Int, WorkerReport)
    case workerExited(WorkerExit)
    case runningItemLost
}

// MARK: - The worker's process

extension Manager {
    func handle(_ notice: SupervisorNotice) {
        switch notice {
        case .workerRuns(let process):
            connect(to: process)
            becomeInformedSoon()
        case .workerExited(let pid, let exit):
            guard workerProcess == nil || workerProcess?.pid == pid else { return }
            // What the worker said last is read before its end is dealt with.
            while readWorker() {}
            disconnect()
            if execution.environment != .closing, execution.environment != .destroying { metrics.countWorkerDeath() }
            remember(.workerExited(exit))
            settleWithoutWorker()
        case .noWorker: remember(.runningItemLost)
        case .workerNotStarted(let reason): update { $0.workerNotStarted(reason: reason) }
        case .shutDown:
            log.info("The supervisor asks to stop.")
            stop()
        }
    }

    private func connect(to process: WorkerProcess) {
        disconnect()
        do {
            let session = try WorkerSession(
                endpoint: process.endpoint,
                supervisor: Int(getppid()),
                in: context
            )
            workerWatch = loop.watch(session.descriptor) { [self] in assumeIsolated { $0.readWorker() } }
            worker = consume session
            workerProcess = process
            isWorkerNew = true
            heartbeat = WorkerHeartbeat(at: .now)
        } catch {
            log.error("Cannot connect to the worker: \(error)")
        }
    }

    private func disconnect() {
        if let workerWatch { loop.unwatch(workerWatch) }
        workerWatch = nil
        worker = nil
        workerProcess = nil
        heartbeat = nil
        sentCommands = [:]
    }
}

extension Manager {
    /// Ends the worker if it has not ended by itself in ten seconds.
    func expectEndOfWorker() {
        let pid = workerProcess?.pid
        Task {
            try? await Task.sleep(for: .seconds(10))
            guard let pid, workerProcess?.pid == pid else { return }
            log.error("The worker has not ended in 10 s; it is killed.")
            tellSupervisor(.killWorker)
        }
    }
}

// MARK: - The link

extension Manager {
    /// Sends a command to the worker, if there is one.
    ///
    /// - Returns: The number that the answer will carry; 0 if there is no worker.
    @discardableResult
    func send(_ command: WorkerCommand) -> Int {
        guard let number = worker?.send(command) else { return 0 }
        sentCommands[number] = command
        return number
    }

    func readWorker() -> Bool {
        var didAnything = false
        while let event = worker?.receive() {
            didAnything = true
            workerWasHeard()
            handle(event)
            performActions()
        }
        return didAnything
    }

    private func handle(_ event: WorkerSession.Event) {
        switch event {
        case .connected(let pid, let state):
            log.debug("The worker \(pid) answers.")
            hasWorkerLists = execution.environment != .creating
            send(.permissions(lists.permissions))
            update { $0.workerConnected(state, at: WallClock.now) }
        case .state(let state): update { $0.workerChanged(state) }
        case .report(let number, let report): remember(.report(number: number, report))
        case .answer(let id, let answer):
            guard let command = sentCommands.removeValue(forKey: id) else { return }
            handle(answer, to: command)
            settle(command: id, answer)
        case .console(let text): printConsole(text)
        case .progress(let devices): publish(progress: devices)
        case .incompatible(let version):
            log.error(
                "The worker speaks version \(version) of the worker link, which this manager does not; it is ended."
            )
            tellSupervisor(.killWorker)
        }
    }

    private func handle(_ answer: WorkerAnswer, to command: WorkerCommand) {
        if case .lists = command { receiveLists(answer) }
        switch command {
        case .permissions, .lists: if !sentCommands.values.contains(.lists) { workerToldAll() }
        default: break
        }
        if case .ping = command { return }
        if case .pause = command, case .accepted = answer { return }
        update { $0.workerAnswered(command, answer, queue: queue, at: WallClock.now) }
    }

    /// The worker has told its state, its lists, and all reports that were left. If it knows nothing of the item that is thought to
    /// run, it has never got it, for it would have kept the result: a former manager has died before it could send it.
    private func workerToldAll() {
        guard isWorkerNew else { return }
        isWorkerNew = false
        // A report may have led to the next item, which is under way.
        let isBeingSent = sentCommands.values.contains { if case .runPlan = $0 { true } else { false } }
        if let running = execution.running, execution.worker?.runningItem != running.item.uid, !isBeingSent,
            unstoredEvents.isEmpty
        {
            if execution.takesPlans { update { $0.runningItemUnsent() } } else { remember(.runningItemLost) }
        }
        becomeInformed()
    }

    /// How a worker ended, with what it printed last besides what it wrote to standard error.
    private func withConsole(_ exit: WorkerExit) -> WorkerExit {
        guard !exit.isClean else { return exit }
        let printed = console.text(lastLines: 20)
        guard !printed.isEmpty else { return exit }
        var exit = exit
        exit.output += (exit.output.isEmpty ? "" : "\n") + "The last lines on the console:\n" + printed
        return exit
    }

    /// A transition whose failure has no one to be told.
    private func update(_ event: (inout Execution) -> Execution.Step) {
        let version = execution.worker?.runsVersion ?? 0
        do {
            try transition(event)
        } catch {
            log.error("\(error)")
        }
        if let new = execution.worker?.runsVersion, new != version { uids.runList = UID.make() }
    }

    private func receiveLists(_ answer: WorkerAnswer) {
        if case .accepted(let result) = answer { receive(lists: result) }
        // The results of tasks have waited for the lists.
        dealWithEvents()
    }

    private func receive(lists result: JSONObject) {
        guard let plans = result["plans"]?.object, let devices = result["devices"]?.object else { return }
        let changed = lists.update(plans: plans, devices: devices, isOpening: !hasWorkerLists)
        hasWorkerLists = true
        if changed.plans {
            uids.plansExisting = UID.make()
            uids.plansAllowed = UID.make()
        }
        if changed.devices {
            uids.devicesExisting = UID.make()
            uids.devicesAllowed = UID.make()
        }
        statusChanged()
    }
}

// MARK: - Events that must be stored

extension Manager {
    /// Deals with an event, after those that could not be stored yet.
    private func remember(_ event: DurableEvent) {
        unstoredEvents.append(event)
        dealWithEvents()
    }

    private func dealWithEvents() {
        while let event = unstoredEvents.first {
            // A client that sees the result of a script may count on the lists that it has changed.
            if case .report(_, .taskFinished) = event, sentCommands.values.contains(.lists) { return }
            do {
                try dealWith(event)
                unstoredEvents.removeFirst()
                if isStoreAwaited { log.info("What happened meanwhile has been stored.") }
                isStoreAwaited = false
            } catch {
                if !isStoreAwaited { log.error("\(error). It is tried again every second.") }
                isStoreAwaited = true
                retryLater()
                return
            }
        }
    }

    private func dealWith(_ event: DurableEvent) throws {
        switch event {
        case .report(let number, let report):
            try transition { execution in
                switch report {
                case .environmentReady: execution.environmentReady()
                case .environmentFailed(let reason, _): execution.environmentFailed(reason: reason)
                case .planFinished(let result):
                    execution.planFinished(result, queue: queue, at: WallClock.now)
                case .taskFinished(let result): execution.taskFinished(result, at: WallClock.now)
                }
            }
            worker?.acknowledge(number)
        case .workerExited(let exit):
            try transition { $0.workerExited(withConsole(exit), queue: queue, at: WallClock.now) }
            if isStopping { finishStop() }
        case .runningItemLost:
            try transition { $0.runningItemLost(queue: queue, at: WallClock.now) }
        }
    }

    private func retryLater() {
        guard !isRetrying else { return }
        isRetrying = true
        Task {
            try? await Task.sleep(for: .seconds(1))
            isRetrying = false
            dealWithEvents()
            performActions()
        }
    }
}

// MARK: - Stopping

extension Manager {
    /// Ends the environment, if there is one, and then the manager.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        // Even if this process does not get to its end, another one is not wanted.
        tellSupervisor(.stop)
        switch execution.environment {
        case .none: finishStop()
        case .open where execution.state == .idle: update { (try? $0.closeEnvironment()) ?? Execution.Step() }
        case .closing, .destroying: break
        case .open, .creating: update { $0.endEnvironment() }
        }
        Task {
            try? await Task.sleep(for: .seconds(10))
            log.error("The worker has not ended in 10 s.")
            finishStop()
        }
    }

    private func finishStop() {
        // The reply to the request that asked for this is sent first. A client whose socket waits for connected peers
        // only (ZMQ_IMMEDIATE) drops a reply that it has not read when the connection ends, so it gets some time.
        Task {
            log.info("The manager stops.")
            try? await Task.sleep(for: .milliseconds(200))
            exit(with: 0)
        }
    }
}
