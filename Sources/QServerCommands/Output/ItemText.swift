internal import QueueClient
internal import Wire

extension QueueItem {
    /// The arguments as in a call, for example `['det1', 'det2'], num=5`.
    var compactArguments: String {
        let positional = arguments.map(\.pythonRepr)
        let keyword = keywordArguments.map { "\($0.key)=\($0.value.pythonRepr)" }
        return (positional + keyword).joined(separator: ", ")
    }

    /// The call, for example `count(['det1', 'det2'], num=5)`; an instruction is just its name.
    var call: String { (type == "instruction" ? name : "\(name)(\(compactArguments))").onOneLine }
}

/// An identifier's first part, which is enough to tell one from another by eye.
@Sendable func shortUID(_ uid: String) -> String { String(uid.prefix(8)) }

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
            table.append(["\(index)", name, Cell(item.compactArguments), Cell(item.user ?? ""), Cell(item.uid ?? "")])
        }
        return table
    }
}

/// A number of things in words, for example `1 item` or `3 items`.
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
