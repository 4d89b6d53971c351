internal import QueueClient
internal import TerminalKit
internal import Wire

extension QueueItem {
    /// The item as a call, on one line.
    var call: String { callText.onOneLine }
}

extension Table {
    /// A table of queue items.
    static func items(_ items: [QueueItem]) -> Table {
        var table = Table([
            Column(title: "#", isNumber: true),
            Column(title: "Name", minimum: 12),
            Column(title: "Arguments", minimum: 10),
            Column(title: "User", minimum: 8),
            Column(title: "UID", short: shortUID),
        ])
        for (index, item) in items.enumerated() {
            let name = item.type == "instruction" ? Cell(item.name, .yellow) : Cell(item.name)
            table.append(["\(index)", name, Cell(item.argumentsText), Cell(item.user ?? ""), Cell(item.uid ?? "")])
        }
        return table
    }
}
