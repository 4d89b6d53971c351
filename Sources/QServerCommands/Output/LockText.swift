internal import QueueClient
internal import TerminalKit
internal import Wire

/// The lock for a reader.
enum LockText {
    static func text(_ reply: JSONObject, on display: Display) -> String {
        let info = LockInfo(reply["lock_info"]?.object ?? [:])
        var rows = Rows()
        let locked = [(info.environment, "environment"), (info.queue, "queue")].filter(\.0).map(\.1)
        rows.append("Locked", locked.isEmpty ? "nothing" : locked.joined(separator: " and "))
        if !locked.isEmpty {
            rows.append("By", info.user ?? "")
            rows.append("Since", Clock.dateAndTime(info.time))
            rows.append("Note", info.note ?? "")
        }
        return rows.text(on: display)
    }
}
