internal import Glibc
internal import Logging
internal import WorkerLink
internal import ZeroMQ

/// The supervisor that looks after the worker, and what happens when it is gone.
extension WorkerProcess {
    /// How long a worker usually waits for another supervisor: a day.
    public static let usualAdoptionWait = Duration.seconds(86_400)

    /// Each manager that comes names the supervisor that looks after the worker from now on.
    func noteGreeting() {
        let count = session?.greetings ?? 0
        guard count != greetings else { return }
        greetings = count
        if let pid = session?.supervisor { watchSupervisor(pid) }
    }

    func watchSupervisor(_ pid: Int) {
        adoptionTimer?.cancel()
        supervisor = SupervisorWatch(pid: pid, loop: loop) { [self] in assumeIsolated { $0.supervisorHasEnded() } }
        if supervisor == nil { supervisorHasEnded() }
    }

    /// What runs goes on: another supervisor will find this worker, unless no manager has ever known it.
    private func supervisorHasEnded() {
        supervisor = nil
        guard greetings > 0 else {
            events.post(.terminate(reason: "the supervisor ended before a manager had come"))
            return
        }
        log.warning("The supervisor has ended. What runs goes on, and the worker waits for another supervisor.")
        adoptionTimer = Task {
            var waited = Duration.zero
            while waited < adoptionWait {
                try? await Task.sleep(for: .seconds(1))
                if Task.isCancelled { return }
                waited = isBusy ? .zero : waited + .seconds(1)
            }
            events.post(.terminate(reason: "no supervisor has come in \(adoptionWait)"))
        }
    }

    /// Whether something runs that will end by itself; a paused plan does not.
    private var isBusy: Bool {
        state.environment == .executingPlan || !tasks.isEmpty
    }

    /// A worker that nobody knows has nothing to do.
    func endUnlessGreeted() {
        Task {
            try? await Task.sleep(for: .seconds(60))
            if greetings == 0 { events.post(.terminate(reason: "no manager has come in 60 s")) }
        }
    }
}
