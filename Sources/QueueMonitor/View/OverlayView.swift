internal import QueueClient
internal import TerminalKit
internal import Wire

/// A page over the panes: the help, or all of an item.
enum OverlayView {
    static func draw(_ model: MonitorModel, top: Int, in area: Layout.Area, on screen: inout Screen) {
        let lines = OverlayText.lines(of: model, width: area.columns)
        let height = max(0, area.rows - 1)
        let top = max(0, min(top, lines.count - height))
        let last = min(top + height, lines.count)
        let note = lines.count > height ? "lines \(top + 1) to \(last) of \(lines.count)" : ""
        screen.writeTitle([Span(OverlayText.title(of: model), .cyan.bold)], note: note, isFocused: true, in: area)
        for (offset, line) in lines[top..<last].enumerated() {
            screen.write(line, row: area.row + 1 + offset, column: area.column + 1, width: area.columns - 2)
        }
    }
}

/// What the pages say.
enum OverlayText {
    static func title(of model: MonitorModel) -> String {
        switch model.overlay {
        case .help: "Keys"
        case .details(let item, _): item.name
        case .question, nil: ""
        }
    }

    /// The lines, broken to fit into so many columns.
    static func lines(of model: MonitorModel, width: Int) -> [[Span]] {
        switch model.overlay {
        case .help: help(width: width)
        case .details(let item, _): details(item, width: width - 2)
        case .question, nil: []
        }
    }

    // MARK: Help

    private static let labelColumns = 12
    private static let meaningColumns = 32

    private static func help(width: Int) -> [[Span]] {
        let columns = width >= 80 ? 2 : 1
        let groups = KeyBinding.groups.map { group in
            [[Span(group.title, .bold)]]
                + group.bindings.filter { !$0.meaning.isEmpty }.map { binding in
                    [Span(padded("  \(binding.label)", labelColumns), .cyan), Span(binding.meaning)]
                }
        }
        guard columns == 2 else { return Array(groups.joined(separator: [[]])) }
        let left = Array(groups.prefix(3).joined(separator: [[]]))
        let right = Array(groups.dropFirst(3).joined(separator: [[]]))
        return (0..<max(left.count, right.count)).map { index in
            let first = index < left.count ? left[index] : []
            let second = index < right.count ? right[index] : []
            let used = first.reduce(0) { $0 + $1.text.columns }
            let gap = labelColumns + meaningColumns - used
            return first + [Span(String(repeating: " ", count: max(1, gap)))] + second
        }
    }

    private static func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(1, columns - text.columns))
    }

    // MARK: Details

    private static func details(_ item: QueueItem, width: Int) -> [[Span]] {
        var lines: [[Span]] = []
        func add(_ name: String, _ text: String, _ style: Style = .plain) {
            // Each line break of the value is one here.
            for (index, part) in text.safeLines.enumerated() {
                let room = max(20, width - labelColumns)
                for (piece, glyphs) in Glyph.wrapped(Glyph.glyphs(of: part), columns: room).enumerated() {
                    let label = index == 0 && piece == 0 ? name : ""
                    lines.append([
                        Span(padded(label, labelColumns), .bold), Span(glyphs.map(\.text).joined(), style),
                    ])
                }
            }
        }
        add("Type", item.type)
        add("Name", item.name)
        for (index, value) in item.arguments.enumerated() { add(index == 0 ? "Arguments" : "", value.pythonRepr) }
        for (index, argument) in item.keywordArguments.enumerated() {
            add(index == 0 ? "Keywords" : "", "\(argument.key) = \(argument.value.pythonRepr)")
        }
        if let metadata = item.raw["meta"] { add("Metadata", metadata.pythonRepr) }
        if let user = item.user { add("User", user + (item.userGroup.map { ", group \($0)" } ?? "")) }
        if let uid = item.uid { add("UID", uid) }
        guard let result = item.result else { return lines }
        add("Status", result.exitStatus, result.exitStatus == "completed" ? .green : .red)
        add("Started", Clock.dateAndTime(result.timeStart))
        add("Ended", Clock.dateAndTime(result.timeStop))
        for (index, uid) in result.runUIDs.enumerated() {
            let scan = index < result.scanIDs.count ? "#\(result.scanIDs[index])  " : ""
            add(index == 0 ? "Runs" : "", scan + uid)
        }
        if !result.message.isEmpty { add("Message", result.message, .red) }
        if !result.traceback.isEmpty { add("Traceback", result.traceback) }
        return lines
    }
}
