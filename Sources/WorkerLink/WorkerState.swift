public import Wire

/// The whole state of a worker that others see. It is small and is sent whole with each change, so that a manager that
/// has just connected needs nothing else.
public struct WorkerState: Sendable, Equatable {
    /// The life of the environment, in the words of the API.
    public enum Environment: String, Sendable {
        case initializing
        case idle
        case executingPlan = "executing_plan"
        case executingTask = "executing_task"
        case closing
        case closed
        case failed
    }

    /// What the environment does.
    public var environment: Environment = .initializing
    /// State of the run engine in the words of the API (`idle`, `running`, `paused`, …); nil while there is none.
    public var engine: String?
    /// The UID of the item that is being executed or is paused.
    public var runningItem: String?
    /// What holds plans at present: a sentence for each suspender that does.
    public var suspensions: [String] = []
    /// The runs that the item has opened so far, in order.
    public var runs: [RunEntry] = []
    /// Grows with each change of the runs, also with those that cancel out before the state is sent.
    public var runsVersion = 0
    /// The tasks that run, in the order in which they were started; at most one of them is a foreground task.
    public var tasks: [RunningTask] = []
    /// Changes whenever the lists of plans and devices do; nil until there are lists.
    public var listsUID: String?

    /// The state of a worker that has just started.
    public init() {}

    /// How many background tasks run.
    public var backgroundTasks: Int { tasks.count(where: \.runsInBackground) }
}

/// A run as `re_runs` shows it.
public struct RunEntry: Sendable, Equatable {
    /// UID of the run's start document.
    public var uid: String
    /// The number of the run, if it has one.
    public var scanID: Int?
    /// How the run ended (`success`, `abort` or `fail`); nil while it is open.
    public var exitStatus: String?

    /// An open run.
    public init(uid: String, scanID: Int?) {
        self.uid = uid
        self.scanID = scanID
    }

    /// Whether the run has no stop document yet.
    public var isOpen: Bool { exitStatus == nil }

    /// The element of the reply to `re_runs`.
    public var json: JSONValue {
        [
            "uid": .string(uid), "scan_id": JSONValue(scanID), "is_open": .bool(isOpen),
            "exit_status": JSONValue(exitStatus),
        ]
    }

    init?(_ value: JSONValue) {
        guard let uid = value["uid"]?.string else { return nil }
        self.uid = uid
        scanID = value["scan_id"]?.integer
        exitStatus = value["exit_status"]?.string
    }
}

extension WorkerState {
    var json: JSONObject {
        [
            "environment_state": .string(environment.rawValue), "re_state": JSONValue(engine),
            "suspensions": JSONValue(suspensions), "running_item_uid": JSONValue(runningItem),
            "run_list": .array(runs.map(\.json)),
            "run_list_version": .integer(runsVersion),
            "tasks": .array(tasks.map { .object($0.json) }), "lists_uid": JSONValue(listsUID),
        ]
    }

    init?(_ value: JSONValue) {
        guard let environment = value["environment_state"]?.string.flatMap(Environment.init) else { return nil }
        self.environment = environment
        engine = value["re_state"]?.string
        suspensions = (value["suspensions"]?.array ?? []).compactMap(\.string)
        runningItem = value["running_item_uid"]?.string
        runs = (value["run_list"]?.array ?? []).compactMap(RunEntry.init)
        runsVersion = value["run_list_version"]?.integer ?? 0
        tasks = (value["tasks"]?.array ?? []).compactMap(RunningTask.init)
        listsUID = value["lists_uid"]?.string
    }
}
