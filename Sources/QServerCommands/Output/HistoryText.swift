internal import QueueClient
internal import TerminalKit
internal import Wire

/// The history for a reader.
enum HistoryText {
    static func text(_ reply: JSONObject, on display: Display) -> String {
        let items = objects(reply["items"]).map(QueueItem.init)
        if items.isEmpty { return "The history is empty." }
        var table = Table([
            .init(title: "#", isNumber: true),
            .init(title: "Ended", short: { String($0.dropFirst("2026-".count)) }),
            .init(title: "Took", isNumber: true),
            .init(title: "Status"),
            .init(title: "Plan", minimum: 20),
            .init(title: "Scans", minimum: 6),
            .init(title: "UID", short: shortUID),
        ])
        for (index, item) in items.enumerated() { table.append(row(index, item)) }
        return ([table.text(on: display)] + failures(items, display)).joined(separator: "\n\n")
    }

    /// All about one item.
    static func entry(_ item: QueueItem, on display: Display) -> String {
        var rows = Rows()
        rows.append(item.type == "plan" ? "Plan" : "Item", item.call, .bold)
        let result = item.result
        let status = result?.exitStatus ?? "unknown"
        rows.append("Status", status, style(status))
        rows.append("Started", Clock.dateAndTime(result?.timeStart))
        rows.append("Ended", Clock.dateAndTime(result?.timeStop))
        if let start = result?.timeStart, let stop = result?.timeStop {
            rows.append("Took", Clock.duration(stop - start))
        }
        for (scan, uid) in scans(result) { rows.append(scan, uid) }
        rows.append("User", [item.user, item.userGroup.map { "(\($0))" }].compactMap { $0 }.joined(separator: " "))
        rows.append("UID", item.uid ?? "")
        var parts = [rows.text(on: display)]
        if let metadata = item.raw["meta"] { parts.append("Metadata:\n" + Outline.text(metadata).indented) }
        if let message = result?.message, !message.isEmpty { parts.append("Message:\n" + message.safeLines.indented) }
        if let trace = result?.traceback, !trace.isEmpty { parts.append("Traceback:\n" + trace.safeLines.indented) }
        return parts.joined(separator: "\n\n")
    }

    /// The runs by their numbers, as far as the item tells both.
    private static func scans(_ result: ItemResult?) -> [(String, String)] {
        guard let result else { return [] }
        return result.runUIDs.enumerated().map { index, uid in
            (result.scanIDs.indices.contains(index) ? "Scan \(result.scanIDs[index])" : "Run", uid)
        }
    }

    private static func row(_ index: Int, _ item: QueueItem) -> [Table.Cell] {
        let result = item.result
        let status = result?.exitStatus ?? "unknown"
        var took = ""
        if let start = result?.timeStart, let stop = result?.timeStop { took = Clock.duration(stop - start) }
        return [
            "\(index)", Table.Cell(Clock.dateAndTime(result?.timeStop)), Table.Cell(took),
            Table.Cell(status, style(status)), Table.Cell(item.call),
            Table.Cell(result?.scanIDs.map(String.init).joined(separator: " ") ?? ""), Table.Cell(item.uid ?? ""),
        ]
    }

    /// Why plans failed, below the table, so that the table stays one line an item.
    private static func failures(_ items: [QueueItem], _ display: Display) -> [String] {
        let lines = items.enumerated().compactMap { index, item -> String? in
            guard let message = item.result?.message, !message.isEmpty else { return nil }
            return display.styled("#\(index)", .red)
                + " \(message.onOneLine.cut(toColumns: max(20, display.width - 8)))"
        }
        return lines.isEmpty ? [] : [lines.joined(separator: "\n")]
    }

    private static func style(_ status: String) -> Display.Style {
        switch status {
        case "completed": .green
        case "stopped": .yellow
        default: .red
        }
    }
}
