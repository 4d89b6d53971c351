internal import QueueClient
internal import TerminalKit

/// The status on one line.
enum MonitorText {
    /// The line and its style; two equal lines mean that nothing a reader cares for has changed.
    static func line(_ update: StatusUpdate) -> (String, Display.Style?) {
        switch update {
        case .lost(let error): return ("no answer: \(error)", .red)
        case .status(let status):
            var parts = ["manager \(words(status.managerState))"]
            parts.append("environment \(words(status.workerEnvironmentState))")
            if let state = status.runEngineState { parts.append("run engine \(state)") }
            parts.append("queue \(status.itemsInQueue)")
            parts.append("history \(status.itemsInHistory)")
            if let uid = status.runningItemUID { parts.append("running \(shortUID(uid))") }
            if status.isPausePending { parts.append("pause pending") }
            if status.isQueueStopPending { parts.append("stop pending") }
            if status.workerBackgroundTasks > 0 { parts.append(count(status.workerBackgroundTasks, "background task")) }
            if status.isQueueLocked || status.isEnvironmentLocked { parts.append("locked") }
            return (parts.joined(separator: ", "), status.isPaused ? .yellow : nil)
        }
    }
}
