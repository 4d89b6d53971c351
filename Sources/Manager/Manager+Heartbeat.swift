import Logging
import SupervisorLink
import WorkerLink

// The worker's pulse, and the time until this manager knows what its worker does.
extension Manager {
    /// Asks a silent worker for a sign of life, from time to time.
    func watchWorker() {
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                // What came while this process itself was stopped is no silence.
                while readWorker() {}
                switch heartbeat?.step(at: .now) {
                case .ask: send(.ping)
                case .becameSilent: workerBecameSilent()
                case nil: break
                }
                performActions()
            }
        }
    }

    private func workerBecameSilent() {
        let pid = workerProcess?.pid ?? 0
        log.error(
            """
            The worker (process id \(pid)) has not answered for 5 s. It may be stopped or hang in a device's code; \
            what it was doing goes on if it can. environment_destroy ends it.
            """
        )
        try? transition { $0.workerSilent() }
        becomeInformed()
    }

    /// The worker has said something.
    func workerWasHeard() {
        guard heartbeat?.heard(at: .now) == true else { return }
        log.warning("The worker answers again.")
        try? transition { $0.workerHeardAgain() }
    }

    /// Lets requests be answered: from now on the replies can say what the worker does.
    func becomeInformed() { isInformed = true }

    /// Lets requests be answered in any case when the worker has not told its state in a second.
    func becomeInformedSoon() {
        Task {
            try? await Task.sleep(for: .seconds(1))
            guard !isInformed else { return }
            try? transition { $0.workerSilent() }
            becomeInformed()
        }
    }
}
