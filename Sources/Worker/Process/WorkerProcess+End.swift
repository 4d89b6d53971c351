internal import Glibc
internal import ProcessLog
internal import WorkerLink
internal import ZeroMQ

/// The end of the process.
extension WorkerProcess {
    /// Cuts the tasks short and ends the process when nothing runs any more: the plan has cleaned up (it has all the
    /// time that the supervisor gives it), the tasks have ended or had half a second for it, and the reports are safe
    /// with a manager or have waited two seconds for one.
    func beginEnd() {
        guard !isEnding else { return }
        isEnding = true
        for task in tasks.values { task.cancel() }
        Task {
            try? await Task.sleep(for: .milliseconds(500))
            isGraceOver = true
            exitIfDone()
            try? await Task.sleep(for: .milliseconds(1_500))
            while state.runningItem != nil { try? await Task.sleep(for: .milliseconds(100)) }
            session?.abandonReports()
            exitIfDone()
        }
    }

    func exitIfDone() {
        guard isEnding, state.runningItem == nil, isGraceOver || tasks.isEmpty, session?.isSettled != false else {
            return
        }
        ConsoleWriter.shared.flush()
        _ = readConsole()
        // Closing the session sends what is still on its way.
        session = nil
        Glibc.exit(exitCode)
    }
}
