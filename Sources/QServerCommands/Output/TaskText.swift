internal import QueueClient
internal import TerminalKit
internal import Wire

/// Tasks in the environment for a reader.
enum TaskText {
    static func started(_ reply: JSONObject) -> String {
        "The task is being started.\nUID  \(reply["task_uid"]?.string ?? "?")"
    }

    /// The last lines of a failed task's traceback, below the reason; nothing if there is none.
    static func endOfTraceback(_ report: TaskReport) -> String {
        let limit = 12
        var lines = report.traceback.safeLines
        while lines.last?.isEmpty == true { lines.removeLast() }
        if lines.count > limit {
            lines = ["… ('qserver task result \(report.uid)' shows all of it)"] + lines.suffix(limit)
        }
        return lines.isEmpty ? "" : "\n" + lines.indented
    }

    static func result(_ reply: JSONObject, on display: Display) -> String {
        let status = reply["status"]?.string ?? "unknown"
        guard let result = reply["result"]?.object, !result.isEmpty else { return words(status) }
        var rows = Rows()
        if status == "completed" {
            let succeeded = result["success"]?.bool == true
            rows.append("Status", succeeded ? "completed" : "failed", succeeded ? .green : .red)
            rows.append("Returned", result["return_value"]?.encodedText ?? "")
            if let start = result["time_start"]?.number, let stop = result["time_stop"]?.number {
                rows.append("Ended", Clock.dateAndTime(stop))
                rows.append("Took", Clock.duration(stop - start))
            }
            if let message = result["msg"]?.string, !message.isEmpty { rows.append("Message", message) }
        } else {
            rows.append("Status", words(status))
            rows.append("Started", Clock.dateAndTime(result["time_start"]?.number))
        }
        let traceback = result["traceback"]?.string ?? ""
        let lines = traceback.isEmpty ? [] : [traceback.safeLines.joined(separator: "\n")]
        return ([rows.text(on: display)] + lines).joined(separator: "\n\n")
    }
}
