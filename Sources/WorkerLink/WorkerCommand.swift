public import Wire

/// What a manager asks of a worker. A worker answers each command once: accepted (with a result, if the command has
/// one) or refused with a reason. What follows from a command comes as state changes and reports.
public enum WorkerCommand: Sendable, Equatable {
    /// Execute the plan of an item. What is to be called is in `call`, which is added when the command is sent.
    case runPlan(item: JSONObject, call: PlanCall? = nil)
    /// Start a task. Its end is reported as ``WorkerReport/taskFinished(_:)``.
    case startTask(WorkerTask)
    /// Pause at the next checkpoint (`deferred`) or now (`immediate`).
    case pause(deferred: Bool)
    /// Go on after a pause.
    case resume
    /// End the paused plan, its runs marked as successful.
    case stop
    /// End the paused plan, its runs marked as aborted.
    case abort
    /// End the paused plan without its cleanup.
    case halt
    /// Tell the lists of plans and devices: the result is `{"plans": …, "devices": …}`.
    case lists
    /// Tell the run engine's metadata, which are the result.
    case metadata
    /// Who may use what from now on, in the format of `permissions_get`.
    case permissions(JSONObject)
    /// Give a sign of life.
    case ping
    /// Close the environment and end.
    case close
}

/// A worker's answer to a command.
public enum WorkerAnswer: Sendable, Equatable {
    case accepted(JSONObject)
    case refused(reason: String)
}

extension WorkerCommand {
    var json: JSONObject {
        switch self {
        case .runPlan(let item, let call):
            (["command": "run_plan", "item": .object(item)] as JSONObject).merging(
                call.map { ["call": $0.json] } ?? [:]
            )
        case .startTask(let task): (["command": "start_task"] as JSONObject).merging(task.json)
        case .pause(let deferred): ["command": "pause", "option": deferred ? "deferred" : "immediate"]
        case .resume: ["command": "resume"]
        case .stop: ["command": "stop"]
        case .abort: ["command": "abort"]
        case .halt: ["command": "halt"]
        case .lists: ["command": "lists"]
        case .metadata: ["command": "metadata"]
        case .permissions(let permissions): ["command": "permissions", "permissions": .object(permissions)]
        case .ping: ["command": "ping"]
        case .close: ["command": "close"]
        }
    }

    init?(_ value: JSONValue) {
        switch value["command"]?.string {
        case "run_plan":
            guard let item = value["item"]?.object else { return nil }
            self = .runPlan(item: item, call: value["call"].flatMap(PlanCall.init))
        case "start_task":
            guard let task = WorkerTask(value) else { return nil }
            self = .startTask(task)
        case "pause": self = .pause(deferred: value["option"]?.string != "immediate")
        case "resume": self = .resume
        case "stop": self = .stop
        case "abort": self = .abort
        case "halt": self = .halt
        case "lists": self = .lists
        case "metadata": self = .metadata
        case "permissions":
            guard let permissions = value["permissions"]?.object else { return nil }
            self = .permissions(permissions)
        case "ping": self = .ping
        case "close": self = .close
        default: return nil
        }
    }
}
