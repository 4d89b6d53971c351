import Logging
import QueueStore
import Wire

/// Tells the log of plans that start and end.
struct PlanLog {
    /// Parameters are cut there; some plans get thousands of positions.
    private static let parameterLimit = 1_000

    let logger: Logger

    /// Tells of what these changes, which are stored, begin and end.
    func note(_ changes: [QueueChange]) {
        for change in changes {
            switch change {
            case .set(.runningItem, .object(let item)):
                begin(QueueItem(uid: item["item_uid"]?.string ?? "", members: item))
            case .record(let item): end(item)
            default: break
            }
        }
    }

    private func begin(_ item: QueueItem) {
        logger.info("Starting the plan \(PlanLog.call(item))", metadata: PlanLog.metadata(of: item))
    }

    private func end(_ item: QueueItem) {
        let result = item.members["result"]
        let status = result?["exit_status"]?.string ?? "unknown"
        var metadata = PlanLog.metadata(of: item)
        if let ids = result?["scan_ids"], ids != [] { metadata["scan_ids"] = "\(ids.pythonRepr)" }
        if let start = result?["time_start"]?.number, let stop = result?["time_stop"]?.number {
            metadata["seconds"] = "\(((stop - start) * 1000).rounded() / 1000)"
        }
        // The whole text is in the history; here it has one line.
        let reason = (result?["msg"]?.string ?? "").prefix { $0 != "\n" }
        let level: Logger.Level = status == "failed" || status == "unknown" ? .error : .info
        logger.log(
            level: level,
            "The plan \(item.name) has ended: \(status)\(reason.isEmpty ? "" : ". \(reason)")",
            metadata: metadata
        )
    }

    private static func metadata(of item: QueueItem) -> Logger.Metadata {
        var metadata: Logger.Metadata = ["item_uid": "\(item.uid)"]
        for key in ["user", "user_group"] {
            if let value = item.members[key]?.string { metadata[key] = "\(pythonQuoted(value))" }
        }
        return metadata
    }

    /// The plan with its parameters, as a call in Python.
    static func call(_ item: QueueItem) -> String {
        let positional = item.members["args"]?.array?.map(\.pythonRepr) ?? []
        let keyword = item.members["kwargs"]?.object?.map { "\($0.key)=\($0.value.pythonRepr)" } ?? []
        let text = (positional + keyword).joined(separator: ", ")
        let isLong = text.utf8.count > parameterLimit
        return "\(item.name)(\(isLong ? String(text.prefix(parameterLimit)) + "…" : text))"
    }
}
