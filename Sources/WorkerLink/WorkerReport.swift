import Wire

/// Something that happened in a worker and must reach a manager. Reports are numbered; the worker keeps each until a
/// manager has acknowledged it, and sends those that are left to the next manager.
public enum WorkerReport: Sendable, Equatable {
    /// The environment is open.
    case environmentReady
    /// The environment could not be opened; the worker ends.
    case environmentFailed(reason: String, traceback: String)
    /// The plan of an item has ended.
    case planFinished(PlanResult)
    /// A task has ended.
    case taskFinished(TaskResult)
}

/// How a plan ended.
public struct PlanResult: Sendable, Equatable {
    /// The end as the history calls it.
    public enum ExitStatus: String, Sendable {
        case completed, failed, stopped, aborted, halted, unknown
    }

    /// UID of the item.
    public var itemUID: String
    /// How it ended.
    public var exitStatus: ExitStatus
    /// UIDs of its runs, in the order they were opened.
    public var runUIDs: [String]
    /// The numbers of those runs.
    public var scanIDs: [Int]
    /// What went wrong; empty if nothing did.
    public var message: String
    /// Where it went wrong; empty if nothing did.
    public var traceback: String

    /// A result with all its parts.
    public init(
        itemUID: String,
        exitStatus: ExitStatus,
        runUIDs: [String] = [],
        scanIDs: [Int] = [],
        message: String = "",
        traceback: String = ""
    ) {
        self.itemUID = itemUID
        self.exitStatus = exitStatus
        self.runUIDs = runUIDs
        self.scanIDs = scanIDs
        self.message = message
        self.traceback = traceback
    }
}

extension WorkerReport {
    var json: JSONObject {
        switch self {
        case .environmentReady: ["report": "environment_ready"]
        case .environmentFailed(let reason, let traceback):
            ["report": "environment_failed", "msg": .string(reason), "traceback": .string(traceback)]
        case .planFinished(let result):
            [
                "report": "plan_finished", "item_uid": .string(result.itemUID),
                "exit_status": .string(result.exitStatus.rawValue), "run_uids": JSONValue(result.runUIDs),
                "scan_ids": .array(result.scanIDs.map(JSONValue.integer)), "msg": .string(result.message),
                "traceback": .string(result.traceback),
            ]
        case .taskFinished(let result): (["report": "task_finished"] as JSONObject).merging(result.json)
        }
    }

    init?(_ value: JSONValue) {
        switch value["report"]?.string {
        case "environment_ready": self = .environmentReady
        case "environment_failed":
            self = .environmentFailed(
                reason: value["msg"]?.string ?? "",
                traceback: value["traceback"]?.string ?? ""
            )
        case "plan_finished":
            guard let uid = value["item_uid"]?.string,
                let status = value["exit_status"]?.string.flatMap(PlanResult.ExitStatus.init)
            else { return nil }
            self = .planFinished(
                PlanResult(
                    itemUID: uid,
                    exitStatus: status,
                    runUIDs: (value["run_uids"]?.array ?? []).compactMap(\.string),
                    scanIDs: (value["scan_ids"]?.array ?? []).compactMap(\.integer),
                    message: value["msg"]?.string ?? "",
                    traceback: value["traceback"]?.string ?? ""
                )
            )
        case "task_finished":
            guard let result = TaskResult(value) else { return nil }
            self = .taskFinished(result)
        default: return nil
        }
    }
}
