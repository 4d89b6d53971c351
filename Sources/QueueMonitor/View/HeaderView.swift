internal import QueueClient
internal import TerminalKit
internal import Wire

/// The first rows: which manager it is, how fresh this is, what the manager does, and what is out of the ordinary.
enum HeaderView {
    /// How many rows there are: one more while something is out of the ordinary.
    static func rows(_ model: MonitorModel) -> Int { flags(model).isEmpty ? 2 : 3 }

    static func draw(_ model: MonitorModel, on screen: inout Screen) {
        let width = model.size.columns
        screen.fill(row: 0, style: .reversed)
        let freshness = freshness(model)
        let room = width - freshness.text.columns - 1
        screen.write([Span(" Run Engine Manager  \(model.address)", .reversed.bold)], row: 0, column: 0, width: room)
        screen.writeAtEnd([freshness], row: 0, column: 0, width: width)
        screen.write(state(model), row: 1, column: 1, width: width - 1)
        screen.write(flags(model), row: 2, column: 1, width: width - 1)
    }

    private static func freshness(_ model: MonitorModel) -> Span {
        let age = model.link.age(at: model.now.uptime)
        if age >= Link.staleAge {
            let words = model.link.wasReached ? "NO NEWS FOR \(Int(age)) s" : "NO ANSWER FOR \(Int(age)) s"
            return Span(" \(words) ", .red.bold.reversed)
        }
        if !model.link.wasReached { return Span(" connecting ", .reversed) }
        return Span(model.link.isFollowing(at: model.now.uptime) ? " live " : " asking once a second ", .reversed)
    }

    private static func state(_ model: MonitorModel) -> [Span] {
        guard let status = model.status else { return [Span("Waiting for the manager …", .dim)] }
        var parts: [[Span]] = [[Span("Manager "), Span(words(status.managerState), style(status))]]
        parts.append([Span("Environment "), environment(status)])
        if let state = status.runEngineState {
            parts.append([Span("Engine "), Span(status.isPausePending ? "\(state), pause pending" : state)])
        }
        return Array(parts.joined(separator: separator))
    }

    private static func flags(_ model: MonitorModel) -> [Span] {
        guard let status = model.status else { return [] }
        var parts: [[Span]] = []
        if status.isQueueStopPending { parts.append([Span("stops after this item", .yellow)]) }
        if status.queueMode != QueueMode() { parts.append([Span(status.queueMode.text, .yellow)]) }
        if status.isQueueAutostartEnabled { parts.append([Span("autostart", .yellow)]) }
        if status.workerBackgroundTasks > 0 {
            parts.append([Span(count(status.workerBackgroundTasks, "background task"))])
        }
        if status.isQueueLocked || status.isEnvironmentLocked { parts.append([lock(status, model.lock)]) }
        return Array(parts.joined(separator: separator))
    }

    private static let separator = [Span(" │ ", .dim)]

    private static func style(_ status: ManagerStatus) -> Style {
        if status.isPaused { return .yellow.bold }
        return status.isIdle ? .bold : .green.bold
    }

    private static func environment(_ status: ManagerStatus) -> Span {
        let state = words(status.workerEnvironmentState)
        if state == "failed" { return Span(state, .red) }
        if !status.workerEnvironmentExists { return Span(state, .dim) }
        // What the manager does tells as much.
        return Span(["idle", "executing plan", "executing task"].contains(state) ? "open" : "open, \(state)")
    }

    private static func lock(_ status: ManagerStatus, _ info: LockInfo?) -> Span {
        let what =
            switch (status.isEnvironmentLocked, status.isQueueLocked) {
            case (true, true): "all"
            case (true, false): "environment"
            default: "queue"
            }
        let user = info?.user.map { " by \($0)" } ?? ""
        let note = info?.note.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        return Span("\(what) locked\(user)\(note)", .yellow.bold)
    }
}
