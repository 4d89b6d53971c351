import QueueStore
import SupervisorLink
import Wire
import WorkerLink

@testable import Manager

/// An execution with a queue and a history, to which steps are applied as the manager does it, without a store.
struct Scene {
    var execution = Execution()
    var queue = PlanQueue()
    var history: [QueueItem] = []
    var actions: [Execution.Action] = []

    /// With an open environment and these plans in the queue.
    init(_ plans: String = "", isOpen: Bool = true) throws {
        add(plans)
        guard isOpen else { return }
        try apply { try $0.openEnvironment() }
        try apply { $0.workerConnected(WorkerState(), at: 0) }
        try apply { $0.environmentReady() }
        try worker("idle", .idle)
        actions = []
    }

    mutating func add(_ plans: String, type: String = "plan") {
        let items = plans.map { letter in
            QueueItem(uid: "uid-\(letter)", members: ["name": .string(String(letter)), "item_type": .string(type)])
        }
        queue.apply(queue.inserting(items, at: queue.count))
    }

    mutating func apply(_ event: (inout Execution) throws -> Execution.Step) throws {
        let step = try event(&execution)
        queue.apply(step.changes)
        for case .record(let item) in step.changes { history.append(item) }
        actions += step.actions
    }

    /// What the worker says of itself.
    mutating func worker(_ engine: String, _ environment: WorkerState.Environment, item: String? = nil) throws {
        var state = WorkerState()
        state.environment = environment
        state.engine = engine
        state.runningItem = item
        try apply { $0.workerChanged(state) }
    }

    /// Starts the queue and lets the worker take the first plan.
    mutating func start() throws {
        try startQueue()
        try takePlan()
    }

    /// Starts the queue.
    mutating func startQueue() throws {
        let queue = queue
        try apply { try $0.startQueue(queue, at: 1) }
    }

    mutating func takePlan() throws {
        guard let running = execution.running else { return }
        let queue = queue
        try apply {
            $0.workerAnswered(.runPlan(item: running.members), .accepted([:]), queue: queue, at: 0)
        }
        try worker("running", .executingPlan, item: running.item.uid)
    }

    /// The running plan ends.
    mutating func finish(_ status: PlanResult.ExitStatus, message: String = "") throws {
        let result = PlanResult(
            itemUID: execution.running?.item.uid ?? "none",
            exitStatus: status,
            runUIDs: ["run"],
            message: message
        )
        try worker("idle", .idle)
        let queue = queue
        try apply { $0.planFinished(result, queue: queue, at: 2) }
    }

    /// The names of the queue's items.
    var names: String { queue.items.map(\.name).joined() }

    /// The history as `name:exit_status` words.
    var outcomes: String {
        history.map { "\($0.name):\($0.members["result"]?["exit_status"]?.string ?? "?")" }.joined(separator: " ")
    }
}
