internal import QueueClient
internal import TerminalKit
internal import Wire

/// The audit for a reader.
enum AuditText {
    static func text(_ reply: JSONObject, on display: Display) -> String {
        let entries = objects(reply["entries"]).map(AuditEntry.init)
        if entries.isEmpty { return "Nothing of that kind is on record." }
        var table = Table([
            .init(title: "Time", short: { String($0.dropFirst("2026-".count)) }),
            .init(title: "User", minimum: 6), .init(title: "Key", minimum: 6), .init(title: "From", minimum: 4),
            .init(title: "Method"), .init(title: "Items", minimum: 8), .init(title: "Result", minimum: 12),
        ])
        for entry in entries {
            table.append([
                Table.Cell(Clock.dateAndTime(entry.time)), Table.Cell(entry.user ?? ""), Table.Cell(entry.client ?? ""),
                Table.Cell(entry.address ?? ""), Table.Cell(entry.method), Table.Cell(items(entry)),
                entry.success ? Table.Cell("done", .green) : Table.Cell(entry.message, .red),
            ])
        }
        return table.text(on: display)
    }

    /// For example `count 1f3a…`, or `scan, count, …` for many.
    private static func items(_ entry: AuditEntry) -> String {
        if entry.itemUIDs.count == 1, let uid = entry.itemUIDs.first {
            return (entry.names + [shortUID(uid)]).joined(separator: " ")
        }
        let shown = entry.names.isEmpty ? entry.itemUIDs.map(shortUID) : entry.names
        return shown.prefix(5).joined(separator: ", ") + (shown.count > 5 ? ", …" : "")
    }
}
