public import Wire

/// What the manager says of itself, as `status` and the status messages of the publishing socket deliver it.
///
/// The members that clients act on are typed; ``raw`` has all of them. A member that is missing or of another type
/// reads as its most harmless value, so a newer manager does not break an older client.
public struct ManagerStatus: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// What the manager does: `initializing`, `idle`, `creating_environment`, `starting_queue`, `executing_queue`,
    /// `paused`, `executing_task`, `closing_environment` or `destroying_environment`.
    public var managerState: String { text("manager_state") ?? "unknown" }
    /// Whether the manager is idle.
    public var isIdle: Bool { managerState == "idle" }
    /// Whether the manager runs the queue, a plan or a foreground task, or changes the environment.
    public var isBusy: Bool { !isIdle && managerState != "paused" }
    /// Whether a plan is paused.
    public var isPaused: Bool { managerState == "paused" }

    /// Whether there is an environment.
    public var workerEnvironmentExists: Bool { flag("worker_environment_exists") }
    /// What the environment does: `closed`, `initializing`, `idle`, `executing_plan`, `executing_task`, `reserved`,
    /// `closing` or `failed`.
    public var workerEnvironmentState: String { text("worker_environment_state") ?? "unknown" }
    /// How many tasks run in the background of the environment.
    public var workerBackgroundTasks: Int { count("worker_background_tasks") }
    /// State of the run engine (`idle`, `running`, `paused`, …), nil without an environment.
    public var runEngineState: String? { text("re_state") }

    /// How many items wait in the queue; the running one is not counted.
    public var itemsInQueue: Int { count("items_in_queue") }
    /// How many items are in the history.
    public var itemsInHistory: Int { count("items_in_history") }
    /// Identifier of the item that runs now, nil if none does.
    public var runningItemUID: String? { text("running_item_uid") }
    /// Whether a deferred pause waits for the next checkpoint.
    public var isPausePending: Bool { flag("pause_pending") }
    /// Whether the queue will stop after the running item.
    public var isQueueStopPending: Bool { flag("queue_stop_pending") }
    /// Whether the queue starts by itself when it can.
    public var isQueueAutostartEnabled: Bool { flag("queue_autostart_enabled") }
    /// What happens to items that end.
    public var queueMode: QueueMode { QueueMode(raw["plan_queue_mode"]?.object ?? [:]) }
    /// Whether the environment is locked.
    public var isEnvironmentLocked: Bool { raw["lock"]?["environment"]?.bool ?? false }
    /// Whether the queue is locked.
    public var isQueueLocked: Bool { raw["lock"]?["queue"]?.bool ?? false }

    /// The API that the manager serves, for example `RE Manager v0.0.25`.
    public var message: String { text("msg") ?? "" }
    /// Changes with each change of the status.
    public var statusUID: String { text("status_uid") ?? "" }
    /// Changes with the queue and the running item.
    public var queueUID: String { text("plan_queue_uid") ?? "" }
    /// Changes with the history.
    public var historyUID: String { text("plan_history_uid") ?? "" }
    /// Changes with the list of runs of the current plan.
    public var runListUID: String { text("run_list_uid") ?? "" }
    /// Changes when a task completes.
    public var taskResultsUID: String { text("task_results_uid") ?? "" }

    private func text(_ key: String) -> String? { raw[key]?.string }
    private func flag(_ key: String) -> Bool { raw[key]?.bool ?? false }
    private func count(_ key: String) -> Int { raw[key]?.integer ?? 0 }
}

/// What the manager does with items of the queue that end.
public struct QueueMode: Sendable, Hashable {
    /// Whether a completed item goes to the back of the queue instead of leaving it.
    public var loop: Bool
    /// Whether the queue goes on after a plan that failed.
    public var ignoreFailures: Bool

    /// A mode; by default the ordinary one.
    public init(loop: Bool = false, ignoreFailures: Bool = false) {
        self.loop = loop
        self.ignoreFailures = ignoreFailures
    }

    init(_ raw: JSONObject) {
        loop = raw["loop"]?.bool ?? false
        ignoreFailures = raw["ignore_failures"]?.bool ?? false
    }

    var json: JSONObject { ["loop": .bool(loop), "ignore_failures": .bool(ignoreFailures)] }
}
