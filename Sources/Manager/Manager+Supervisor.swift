import Glibc
import Logging
import ProcessLog
import SupervisorLink
import ZeroMQ

/// The link to the supervisor, and the end of the process.
extension Manager {
    /// Tells the supervisor twice a second that the loop is alive.
    func beatRegularly() {
        Task {
            while !Task.isCancelled {
                tellSupervisor(.beat)
                metrics.beat()
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    func tellSupervisor(_ request: SupervisorRequest) { supervisor.send(request.encoded) }

    func readSupervisor() -> Bool {
        switch supervisor.receive() {
        case .closed:
            log.error("The supervisor has ended, and so does the manager. The worker goes on.")
            exit(with: 1)
            return false
        case .lines(let lines):
            for line in lines {
                guard let notice = SupervisorNotice(encoded: line) else {
                    log.error("The supervisor said something unknown: \(String(decoding: line, as: UTF8.self))")
                    continue
                }
                handle(notice)
                if worker == nil { becomeInformed() }
                performActions()
            }
            return !lines.isEmpty
        }
    }

    /// Stops doing anything, as if the process hung: a test of the supervisor, which ends and replaces it.
    func freeze() -> Never {
        log.warning("The manager stops answering, as it was asked to.")
        audit.end(APIMethod.Answered(bytes: []))
        audit.flush(at: WallClock.now)
        while true { sleep(1) }
    }

    /// Ends the process. Does not come back to anything.
    func exit(with code: Int32) {
        ConsoleWriter.shared.flush()
        // What has been answered gets out first.
        control = nil
        gate = nil
        publisher = nil
        worker = nil
        context.terminate()
        onExit(code)
    }
}
