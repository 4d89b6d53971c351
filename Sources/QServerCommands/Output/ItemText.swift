internal import QueueClient
internal import TerminalKit
internal import Wire

extension QueueItem {
    /// The item as a call, on one line.
    var call: String { callText.onOneLine }
}

extension QueueItem {
    /// What the plan has made, for example ` (scans 3 4, 12.5 s)`; nothing if that is not known.
    var runsInWords: String {
        guard let result else { return "" }
        var parts: [String] = []
        let scans = result.scanIDs.map(String.init)
        if !scans.isEmpty { parts.append("scan\(scans.count == 1 ? "" : "s") \(scans.joined(separator: " "))") }
        if let start = result.timeStart, let stop = result.timeStop { parts.append(Clock.duration(stop - start)) }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }
}

extension Table {
    /// A table of queue items.
    static func items(_ items: [QueueItem]) -> Table {
        let areSomeHeld = items.contains(where: \.isHeld)
        var table = Table(
            [
                Column(title: "#", isNumber: true),
                areSomeHeld ? Column(title: "State") : nil,
                Column(title: "Name", minimum: 12),
                Column(title: "Arguments", minimum: 10),
                Column(title: "User", minimum: 8),
                Column(title: "UID", short: shortUID),
            ].compactMap { $0 }
        )
        for (index, item) in items.enumerated() {
            let name = item.type == "instruction" ? Cell(item.name, .yellow) : Cell(item.name)
            let state = areSomeHeld ? [Cell(item.isHeld ? "held" : "", .yellow)] : []
            table.append(
                ["\(index)"] + state
                    + [name, Cell(item.argumentsText), Cell(item.user ?? ""), Cell(item.uid ?? "")]
            )
        }
        return table
    }
}
