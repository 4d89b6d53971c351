import QueueStore
import SupervisorLink
import Wire
import WorkerLink

/// What the manager, the environment and the running item are doing, and what may happen next.
///
/// This is a value without sockets, clocks and storage. Each event is a method that changes the value and returns the
/// step to take: what to store, and what to tell the worker and the supervisor. A request that is not allowed now
/// throws a ``Refusal``. Only these methods set the members.
struct Execution: Sendable, Equatable {
    /// The life of the environment as the manager sees it.
    enum Environment: Sendable, Equatable {
        case none, creating, open, closing, destroying
    }

    /// What follows from an event, besides the change of the value itself.
    struct Step: Sendable, Equatable {
        /// To be committed before anything else is done or shown.
        var changes: [QueueChange] = []
        /// To be done after the commit, in order.
        var actions: [Action] = []
    }

    enum Action: Sendable, Equatable {
        case startWorker
        /// End the worker at once.
        case killWorker
        /// Let the worker clean up and end.
        case endWorker
        /// End the worker if it has not ended by itself in ten seconds.
        case expectEnd
        case send(WorkerCommand)
        case log(String)
        case warn(String)

        /// Whether nobody would know of it if the manager ended now. The plan to run is in the store.
        var isInMemoryOnly: Bool {
            switch self {
            case .send(.runPlan), .expectEnd, .log, .warn: false
            case .startWorker, .killWorker, .endWorker, .send: true
            }
        }
    }

    var state: ManagerState = .idle
    var environment: Environment = .none
    /// What the worker said last; nil while there is none.
    var worker: WorkerState?
    var running: RunningItem?
    /// The runs of the running item or, when its environment was destroyed, of the last one.
    var runs: [RunEntry] = []
    var isPausePending = false
    var isStopPending = false
    var isAutostartEnabled = false
    var mode = QueueMode()
    /// What becomes of an item whose plan has failed, if the item does not say it.
    var onFailure = ManagerSettings.OnFailure.front
    var tasks = TaskBook()

    /// A command that ends the pause is under way, and `paused` in messages sent before it is old news.
    var isLeavingPause = false

    /// The worker's process lives, but it does not answer.
    var isWorkerSilent = false

    /// Whether the environment is open, or is being closed or destroyed.
    var environmentExists: Bool {
        switch environment {
        case .none, .creating: false
        case .open, .closing, .destroying: true
        }
    }

    /// Carries on with what a former manager stored. Whether the item still runs turns out when a worker shows up.
    init(
        storedItem: RunningItem? = nil,
        mode: QueueMode = QueueMode(),
        onFailure: ManagerSettings.OnFailure = .front
    ) {
        running = storedItem
        self.mode = mode
        self.onFailure = onFailure
    }
}

// MARK: - Environment

extension Execution {
    mutating func openEnvironment() throws(Refusal) -> Step {
        switch environment {
        case .none: break
        case .creating:
            throw .state("Manager is already in the process of creating the RE Worker environment.")
        case .open, .closing, .destroying: throw .state("RE Worker environment already exists.")
        }
        environment = .creating
        state = .creatingEnvironment
        return Step(actions: [.startWorker])
    }

    mutating func closeEnvironment() throws(Refusal) -> Step {
        switch (environment, state) {
        case (.none, _), (.creating, _): throw .state("RE Worker environment does not exist.")
        case (.closing, _):
            throw .state("Manager is already in the process of closing the RE Worker environment.")
        case (_, .startingQueue), (_, .executingQueue): throw .state("Queue execution is in progress.")
        case (_, .executingTask): throw .state("Foreground task execution is in progress.")
        case (.open, .idle): break
        default: throw .state("Manager state is not idle. Current state: \(state.rawValue)")
        }
        environment = .closing
        state = .closingEnvironment
        return Step(actions: [.send(.close), .expectEnd])
    }

    /// Ends the environment because the manager stops: unlike a destroyed one, it gets the time to clean up.
    mutating func endEnvironment() -> Step {
        environment = .destroying
        state = .destroyingEnvironment
        return Step(actions: [.endWorker])
    }

    mutating func destroyEnvironment() throws(Refusal) -> Step {
        guard environment != .none else { throw .state("RE environment does not exist") }
        environment = .destroying
        state = .destroyingEnvironment
        return Step(actions: [.killWorker])
    }

    mutating func environmentFailed(reason: String) -> Step {
        Step(actions: [.warn("Error occurred while opening RE Worker environment. \(reason)"), .expectEnd])
    }

    mutating func environmentReady() -> Step {
        guard environment == .creating else { return Step() }
        environment = .open
        state = .idle
        return Step(actions: [.send(.lists), .log("RE Environment is ready")])
    }

    mutating func workerNotStarted(reason: String) -> Step {
        guard environment == .creating || environment == .destroying else { return Step() }
        environment = .none
        state = .idle
        return Step(actions: [.warn("The worker could not be started: \(reason)")])
    }

    /// The worker has ended, on purpose or not. An item that was running has failed with it.
    mutating func workerExited(_ exit: WorkerExit, queue: PlanQueue, at time: Double) -> Step {
        var step = Step()
        if let running {
            let result: PlanResult =
                environment == .destroying
                ? .destroyed(running.item.uid)
                : PlanResult(
                    itemUID: running.item.uid,
                    exitStatus: .failed,
                    runUIDs: runs.map(\.uid),
                    scanIDs: runs.compactMap(\.scanID),
                    message: "RE Worker process ended while the plan was running: \(exit.description)",
                    traceback: exit.output
                )
            step.changes = outcome(of: running, result, queue: queue, at: time).changes
        }
        if environment != .closing, environment != .destroying, worker?.environment != .failed {
            let detail = exit.output.isEmpty ? "" : "\n" + exit.output
            step.actions.append(.warn("The worker has ended unexpectedly: \(exit.description)\(detail)"))
        }
        running = nil
        tasks.loseRunningTasks()
        worker = nil
        isWorkerSilent = false
        environment = .none
        state = .idle
        isPausePending = false
        isStopPending = false
        isLeavingPause = false
        return step
    }
}

// MARK: - Worker

extension Execution {
    /// A worker answers: the one that was just started, or one that outlived a former manager.
    mutating func workerConnected(_ state: WorkerState, at time: Double) -> Step {
        let isKnown = environment != .none && !(worker == nil && environment == .open)
        worker = state
        isWorkerSilent = false
        guard !isKnown else { return Step() }
        runs = state.runs
        tasks.resume(state.tasks)
        environment =
            switch state.environment {
            case .initializing: .creating
            case .idle, .executingPlan, .executingTask, .failed: .open
            case .closing, .closed: .closing
            }
        self.state =
            switch environment {
            case .creating: .creatingEnvironment
            case .closing: .closingEnvironment
            case .open where running != nil && state.runningItem == running?.item.uid:
                state.engine == "paused" ? .paused : .executingQueue
            case .open where tasks.hasForegroundTask: .executingTask
            default: .idle
            }
        return Step(actions: state.listsUID == nil ? [] : [.send(.lists)])
    }

    /// The worker has not answered for some time. One of which nothing is known yet counts as an open environment, so
    /// that it can be destroyed.
    mutating func workerSilent() -> Step {
        isWorkerSilent = true
        if environment == .none {
            environment = .open
            if running != nil { state = .executingQueue }
        }
        return Step()
    }

    mutating func workerHeardAgain() -> Step {
        isWorkerSilent = false
        return Step()
    }

    mutating func workerChanged(_ new: WorkerState) -> Step {
        let old = worker
        worker = new
        runs = new.runs
        if state == .startingQueue, new.runningItem == running?.item.uid, new.runningItem != nil {
            state = .executingQueue
        }
        if new.engine == "paused", state == .executingQueue, !isLeavingPause {
            state = .paused
            isPausePending = false
        } else if state == .paused, new.engine == "running" {
            state = .executingQueue
        }
        if let listsUID = new.listsUID, let known = old?.listsUID, known != listsUID {
            return Step(actions: [.send(.lists)])
        }
        return Step()
    }

    /// The worker answered one of the commands that start or end something.
    mutating func workerAnswered(
        _ command: WorkerCommand,
        _ answer: WorkerAnswer,
        queue: PlanQueue,
        at time: Double
    ) -> Step {
        switch (command, answer) {
        case (.runPlan, .accepted):
            if state == .startingQueue { state = .executingQueue }
            return Step()
        case (.runPlan(let item, _), .refused(let reason)):
            guard let running, item["item_uid"]?.string == running.item.uid else { return Step() }
            let result = PlanResult(itemUID: running.item.uid, exitStatus: .failed, message: reason)
            return planFinished(result, queue: queue, at: time)
        case (.startTask(let task), .refused(let reason)): return taskRefused(task, reason: reason, at: time)
        case (.resume, _), (.stop, _), (.abort, _), (.halt, _):
            isLeavingPause = false
            if case .refused(let reason) = answer {
                if worker?.engine == "paused", state == .executingQueue { state = .paused }
                return Step(actions: [.warn("The worker refused: \(reason)")])
            }
            return Step()
        case (.pause, .refused(let reason)):
            isPausePending = false
            return Step(actions: [.warn("Failed to pause the running plan: \(reason)")])
        case (.close, .refused(let reason)):
            guard environment == .closing else { return Step() }
            environment = .open
            state = .idle
            return Step(actions: [.warn("The worker refused to close the environment: \(reason)")])
        default: return Step()
        }
    }
}

// MARK: - What clients see

extension Execution {
    /// UID of the running item, if the methods of the queue know it: an item that was executed immediately is not
    /// known to them.
    var runningQueueItemUID: String? { running.flatMap { $0.isImmediate ? nil : $0.item.uid } }

    /// What holds plans at present: a sentence for each suspender that does.
    var suspensions: [String] { environmentExists ? worker?.suspensions ?? [] : [] }

    /// `worker_environment_state` of the status.
    var environmentState: String {
        switch environment {
        case .creating where isWorkerSilent, .open where isWorkerSilent, .closing where isWorkerSilent: "unresponsive"
        case .none: "closed"
        case .creating: WorkerState.Environment.initializing.rawValue
        case .closing, .destroying: WorkerState.Environment.closing.rawValue
        case .open: (worker?.environment ?? .idle).rawValue
        }
    }

    mutating func setAutostart(_ isEnabled: Bool) { isAutostartEnabled = isEnabled }
}
