internal import QueueClient
internal import TerminalKit
internal import Wire

/// The manager's status for a reader.
enum StatusText {
    /// - Parameters:
    ///   - item: The running item, if it is known.
    ///   - holds: What holds it, a sentence for each suspender.
    ///   - heldItems: How many items of the queue are held.
    static func text(
        _ status: ManagerStatus,
        running item: QueueItem? = nil,
        heldBy holds: [String] = [],
        heldItems: Int = 0,
        on display: Display
    ) -> String {
        var rows = Rows()
        let choices = status.isPaused ? " (qserver re resume, stop, abort or halt)" : ""
        rows.append("Manager", words(status.managerState) + choices, style(status))
        rows.append("Environment", environment(status), status.workerEnvironmentExists ? nil : .dim)
        if let state = status.runEngineState { rows.append("Run engine", runEngine(status, state)) }
        rows.append("Queue", queue(status, heldItems))
        if let item {
            rows.append("Running", item.call, .bold)
            rows.append("", "UID \(item.uid ?? "?"), by \(item.user ?? "?")\(running(item))")
        } else {
            rows.append("Running", status.runningItemUID.map { "item \($0)" } ?? "nothing")
        }
        for hold in holds { rows.append("Held", hold, .yellow) }
        rows.append("Mode", status.queueMode.text)
        rows.append("History", count(status.itemsInHistory, "item"))
        if status.workerBackgroundTasks > 0 {
            rows.append("Background", count(status.workerBackgroundTasks, "task"))
        }
        rows.append("Lock", lock(status), status.isQueueLocked || status.isEnvironmentLocked ? .yellow : nil)
        rows.append("API", status.message, .dim)
        return rows.text(on: display)
    }

    private static func style(_ status: ManagerStatus) -> Display.Style {
        status.isPaused ? .yellow : .green
    }

    private static func environment(_ status: ManagerStatus) -> String {
        let state = words(status.workerEnvironmentState)
        return status.workerEnvironmentExists && state != "failed" ? "open, \(state)" : state
    }

    private static func runEngine(_ status: ManagerStatus, _ state: String) -> String {
        state + (status.isPausePending ? ", pauses at the next checkpoint" : "")
    }

    private static func queue(_ status: ManagerStatus, _ heldItems: Int) -> String {
        var parts = [status.itemsInQueue == 0 ? "empty" : count(status.itemsInQueue, "item")]
        if heldItems > 0 { parts.append("\(heldItems) held (qserver queue item release)") }
        if status.isQueueStopPending { parts.append("stops after the running item") }
        if status.isQueueAutostartEnabled { parts.append("starts by itself") }
        return parts.joined(separator: ", ")
    }

    private static func running(_ item: QueueItem) -> String {
        guard let start = item.raw["properties"]?["time_start"]?.number else { return "" }
        return ", since \(Clock.time(start)) (\(Clock.duration(max(0, Clock.now - start))))"
    }

    private static func lock(_ status: ManagerStatus) -> String {
        switch (status.isEnvironmentLocked, status.isQueueLocked) {
        case (false, false): "none"
        case (true, false): "environment"
        case (false, true): "queue"
        case (true, true): "environment and queue"
        }
    }
}
