internal import QueueClient
internal import TerminalKit
internal import Wire

/// The item that runs: what it is, its runs, and how far its devices are.
enum RunningView {
    static func draw(_ model: MonitorModel, in area: Layout.Area, on screen: inout Screen) {
        var note = ""
        if let start = model.runningItem?.raw["properties"]?["time_start"]?.number {
            let seconds = max(0, model.now.wall - start).rounded(.down)
            note = seconds < 60 ? "\(Int(seconds)) s" : Clock.duration(seconds)
        }
        screen.writeTitle([title(model)], note: note, in: area)
        for (index, line) in lines(model, columns: area.columns - 2).prefix(max(0, area.rows - 1)).enumerated() {
            screen.write(line, row: area.row + 1 + index, column: area.column + 1, width: area.columns - 2)
        }
    }

    private static func title(_ model: MonitorModel) -> Span {
        if model.runningItem == nil { return Span("Running") }
        if model.status?.isPaused ?? false { return Span("Paused", .yellow.bold) }
        return model.holds.isEmpty ? Span("Running", .green.bold) : Span("Held", .yellow.bold)
    }

    private static func lines(_ model: MonitorModel, columns: Int) -> [[Span]] {
        guard let item = model.runningItem else { return idle(model.status).map { [[Span($0, .dim)]] } ?? [] }
        let devices = model.progress.map { ProgressBar.spans($0, columns: columns) }
        let holds = model.holds.map { [Span("held: \($0)", .yellow)] }
        return [[Span(item.callText, .bold)]] + holds + [facts(item, model.runs)] + devices
    }

    /// Why nothing runs, and what to do.
    private static func idle(_ status: ManagerStatus?) -> String? {
        guard let status else { return nil }
        if status.managerState == "executing_task" { return "No plan; a task runs." }
        guard status.isIdle else { return "" }
        if !status.workerEnvironmentExists { return "Nothing runs: the environment is closed. Key o opens it." }
        if status.itemsInQueue == 0 { return "Nothing runs: the queue is empty." }
        return "Nothing runs. Key s starts the queue."
    }

    private static func facts(_ item: QueueItem, _ runs: [RunSummary]) -> [Span] {
        var spans: [Span] = []
        if let user = item.user { spans.append(Span("\(user)  ")) }
        if let uid = item.uid { spans.append(Span("\(shortUID(uid))  ", .dim)) }
        let open = runs.filter(\.isOpen)
        let closed = runs.filter { !$0.isOpen }
        if !open.isEmpty { spans.append(Span("open runs: \(names(open))  ", .green)) }
        if !closed.isEmpty { spans.append(Span("closed runs: \(names(closed))")) }
        if runs.isEmpty { spans.append(Span("no runs yet", .dim)) }
        return spans
    }

    /// The runs, or how many they are and the last ones.
    private static func names(_ runs: [RunSummary]) -> String {
        let names = runs.suffix(6).map { run in run.scanID.map { "#\($0)" } ?? shortUID(run.uid) }
        return (runs.count > 6 ? "\(runs.count), up to " : "") + names.joined(separator: " ")
    }
}

/// How far a device is, on one line.
enum ProgressBar {
    static func spans(_ device: DeviceProgress, columns: Int) -> [Span] {
        let nameColumns = min(16, columns / 4)
        let name = (device.name ?? "?").cut(toColumns: nameColumns)
        let padding = String(repeating: " ", count: max(0, nameColumns - name.columns) + 1)
        var spans = [Span(name + padding)]
        if let fraction = device.fraction, fraction.isFinite {
            let done = min(max(1 - fraction, 0), 1)
            let length = max(10, min(40, columns / 4))
            let filled = Int((done * Double(length)).rounded(.down))
            spans.append(Span(String(repeating: "█", count: filled), .green))
            spans.append(Span(String(repeating: "░", count: length - filled), .dim))
            let percent = "\(Int((done * 100).rounded(.down)))"
            spans.append(Span(String(repeating: " ", count: 4 - percent.count) + percent + " %  "))
        }
        return spans + [Span(values(device))]
    }

    private static func values(_ device: DeviceProgress) -> String {
        var parts: [String] = []
        let ends = [device.current, device.target].compactMap { $0 }.map { number($0, device.precision) }
        if !ends.isEmpty {
            parts.append(ends.joined(separator: " → ") + (device.unit.map { " \($0)" } ?? ""))
        }
        if let left = device.timeRemaining { parts.append("\(Clock.duration(left)) left") }
        if parts.isEmpty, let elapsed = device.timeElapsed { parts.append("for \(Clock.duration(elapsed))") }
        return parts.joined(separator: "  ")
    }

    /// A number with so many digits after the point.
    private static func number(_ value: Double, _ precision: Int?) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
        let digits = min(max(precision ?? 3, 0), 9)
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((abs(value) * scale).rounded())
        var text = "\(whole)"
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
        }
        return (value < 0 && whole > 0 ? "-" : "") + text
    }
}
