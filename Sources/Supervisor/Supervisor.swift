internal import Dispatch
internal import Glibc
public import Logging
internal import ProcessLog
public import SupervisorLink
public import ZeroMQ

/// Starts the manager and, when that asks for one, the worker; watches both; and ends everything in order.
///
/// It holds nothing that can be lost and does nothing that can fail: a manager that dies is replaced while the worker
/// goes on. If it is killed itself, the worker goes on too, and the next supervisor of the same state directory adopts
/// it.
public actor Supervisor {
    /// Exit code of a manager that cannot work with its settings; another one could not either.
    public static let configurationExitCode: Int32 = 78
    /// What only the manager may know; scripts and programs of the worker could read it.
    static let secretVariables = [
        "QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER", "QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER",
        ManagerSettings.redisAddressVariable,
    ]

    nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private nonisolated let signals = Mailbox<Int32>()

    let settings: ManagerSettings
    let limits: SupervisionLimits
    let executableDirectory: String
    private let state: StateDirectory
    let runtime: RuntimeDirectory
    let log: Logger
    private let onExit: @Sendable (Int32) -> Void
    private let predecessor: Predecessor?
    private var signalSources: [any DispatchSourceSignal] = []
    private let service = ServiceManager()

    var manager: ProcessHandle?
    var channel: LineChannel?
    var channelWatch: EventLoop.Watch?
    var lastBeat = SuspendingClock.now
    var restartLimit: RestartLimit
    /// Whether a former manager, or a worker from before this supervisor, made the next manager a replacement.
    var isManagerReplaced = false
    /// Whether one of the managers has said that it works.
    var hasManagerWorked = false {
        didSet { if !oldValue { service.ready() } }
    }

    var worker: ProcessHandle?
    var workerEndpoint = ""
    /// Counts from the start of the worker, or from its adoption.
    var shortage = MemoryShortage()
    var workersStarted = 0
    private var endWatches: [Int: EventLoop.Watch] = [:]

    var isStopping = false
    var managerSaidStop = false
    /// The exit code, as soon as nothing but the end of the worker is waited for.
    var exitCode: Int32?

    /// What the next supervisor needs if this one is killed.
    var record: SupervisionRecord {
        didSet {
            showProcesses()
            let path = SupervisionRecord.path(in: settings.stateDirectory)
            guard record != oldValue, !record.write(to: path) else { return }
            let reason = String(cString: strerror(errno))
            log.error(
                "'\(path)' cannot be written (\(reason)): if this supervisor is killed, its worker is not found again."
            )
        }
    }

    private func showProcesses() {
        let manager = record.manager.map { "manager \($0.pid)" } ?? "no manager"
        let worker = record.worker.map { "worker \($0.process.pid)" } ?? "no worker"
        service.status("\(manager), \(worker)")
    }

    /// Locks the state directory and prepares to start.
    ///
    /// - Parameters:
    ///   - settings: What the manager shall serve.
    ///   - limits: How long and how often to try.
    ///   - executableDirectory: The folder of `re-manager` and `re-worker`.
    ///   - state: The locked state directory.
    ///   - loop: The thread to live on.
    ///   - log: Where log lines go.
    ///   - onExit: Called once, on the loop, with the exit code.
    /// - Throws: ``SupervisorError`` if the runtime directory cannot be made.
    public init(
        settings: ManagerSettings,
        limits: SupervisionLimits = SupervisionLimits(),
        executableDirectory: String,
        state: consuming StateDirectory,
        loop: EventLoop,
        log: Logger,
        onExit: @escaping @Sendable (Int32) -> Void
    ) throws(SupervisorError) {
        let predecessor = Predecessor(stateDirectory: settings.stateDirectory)
        let runtime = try RuntimeDirectory(reusing: predecessor?.runtimeDirectory)
        record = SupervisionRecord(runtimeDirectory: runtime.path)
        restartLimit = RestartLimit(count: limits.managerRestarts)
        self.predecessor = predecessor
        self.settings = settings
        self.limits = limits
        self.executableDirectory = executableDirectory
        self.state = state
        self.runtime = runtime
        self.loop = loop
        self.log = log
        self.onExit = onExit
    }

    /// Starts the manager, and adopts a worker that an earlier supervisor left. Ctrl-C and SIGTERM end everything in
    /// order; a second one ends it at once.
    public func start() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [signals] in signals.post(number) }
            source.resume()
            signalSources.append(source)
        }
        StrayPrograms.adopt()
        loop.watch(signals.descriptor) { [self] in assumeIsolated { $0.handleSignals() } }
        if let predecessor {
            predecessor.endManager()
            if let worker = predecessor.worker {
                adopt(worker.record, worker.process)
            } else {
                runtime.clear()
            }
        }
        startManager()
        watchHeartbeat()
        limitWorkerErrors()
        showSignOfLife()
    }

    /// Tells the service manager regularly that this loop runs.
    private func showSignOfLife() {
        guard let interval = service.watchdogInterval else { return }
        Task {
            while !Task.isCancelled {
                service.alive()
                try? await Task.sleep(for: interval)
            }
        }
    }

    private func handleSignals() -> Bool {
        let taken = signals.takeAll()
        for number in taken {
            if number == SIGHUP {
                log.warning("The terminal has gone; everything goes on. SIGTERM to \(getpid()) ends it.")
            } else {
                stop(signal: number)
            }
        }
        return !taken.isEmpty
    }

    /// Calls `onEnd` when a process has ended, which need not be a child.
    func watch(
        _ process: ProcessHandle,
        onEnd: @escaping @Sendable (_ supervisor: isolated Supervisor, _ end: ProcessEnd) -> Void
    ) {
        endWatches[process.pid] = loop.watch(process.descriptor) { [self] in
            guard process.hasEnded else { return false }
            assumeIsolated { supervisor in
                supervisor.endWatches.removeValue(forKey: process.pid).map(supervisor.loop.unwatch)
                onEnd(supervisor, process.end)
            }
            return true
        }
    }

    func tell(_ notice: SupervisorNotice) { channel?.send(notice.encoded) }

    // MARK: - The end

    private func stop(signal: Int32) {
        guard !isStopping else {
            log.error("A second signal: everything is ended at once.")
            worker?.send(signal: SIGKILL)
            manager?.send(signal: SIGKILL)
            return
        }
        log.info("Stopping on signal \(signal)")
        isStopping = true
        service.stopping()
        guard channel != nil else {
            endWhenWorkerHasEnded(code: 0)
            return
        }
        tell(.shutDown)
        Task {
            try? await Task.sleep(for: .seconds(20))
            log.error("The manager has not ended in 20 s; it is ended now.")
            manager?.send(signal: SIGKILL)
        }
    }

    /// Ends the supervisor, after the worker if there is one.
    func endWhenWorkerHasEnded(code: Int32) {
        service.stopping()
        exitCode = code
        guard worker == nil else {
            endWorker()
            return
        }
        runtime.remove()
        unlink(SupervisionRecord.path(in: settings.stateDirectory))
        end(code: code)
    }

    /// Ends the supervisor because no manager works, and leaves the worker to the next one.
    func giveUp(code: Int32) {
        guard let worker else {
            endWhenWorkerHasEnded(code: code)
            return
        }
        log.critical(
            """
            The worker (process id \(worker.pid)) goes on without a manager. Mend the cause and start start-re-manager \
            with the same state directory again: it takes the worker over.
            """
        )
        end(code: code)
    }

    private func end(code: Int32) {
        ConsoleWriter.shared.flush()
        onExit(code)
    }
}
