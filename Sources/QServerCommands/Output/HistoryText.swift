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
            return display.styled("#\(index)", .red) + " \(message.onOneLine.cut(to: max(20, display.width - 8)))"
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
