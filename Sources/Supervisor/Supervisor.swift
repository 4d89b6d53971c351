internal import Dispatch
internal import Glibc
public import Logging
internal import ProcessLog
public import SupervisorLink
internal import Wire
public import ZeroMQ

/// Starts the manager and, when that asks for one, the worker; watches both; and ends everything in order.
///
/// It holds nothing that can be lost and does nothing that can fail: a manager that dies is replaced while the worker
/// goes on.
public actor Supervisor {
    private enum Event: Sendable {
        case signal(Int32)
        case managerStarted(ChildProcess)
        case managerEnded(ChildProcess.End)
        case workerStarted(ChildProcess)
        case workerEnded(ChildProcess.End)
    }

    /// Exit code of a manager that cannot work with its settings; another one could not either.
    public static let configurationExitCode: Int32 = 78
    private static let heartbeatLimit = Duration.seconds(5)

    private nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private nonisolated let events = Mailbox<Event>()

    private let settings: ManagerSettings
    private let executableDirectory: String
    private let state: StateDirectory
    private let runtime: RuntimeDirectory
    private let log: Logger
    private let onExit: @Sendable (Int32) -> Void

    private var manager: ChildProcess?
    private var channel: LineChannel?
    private var channelWatch: EventLoop.Watch?
    private var worker: ChildProcess?
    private var workerEndpoint = ""
    private var workersStarted = 0
    private var isWorkerStarting = false
    private var isWorkerUnwanted = false
    private var lastBeat = ContinuousClock.now
    private var managerStarts: [ContinuousClock.Instant] = []
    private var isStopping = false
    private var managerSaidStop = false
    private var managerExitCode: Int32?
    private var signalSources: [any DispatchSourceSignal] = []

    /// Locks the state directory and prepares to start.
    ///
    /// - Parameters:
    ///   - settings: What the manager shall serve.
    ///   - executableDirectory: The folder of `re-manager` and `re-worker`.
    ///   - state: The locked state directory.
    ///   - loop: The thread to live on.
    ///   - log: Where log lines go.
    ///   - onExit: Called once, on the loop, with the exit code.
    /// - Throws: ``SupervisorError`` if the runtime directory cannot be made.
    public init(
        settings: ManagerSettings,
        executableDirectory: String,
        state: consuming StateDirectory,
        loop: EventLoop,
        log: Logger,
        onExit: @escaping @Sendable (Int32) -> Void
    ) throws(SupervisorError) {
        let runtime = try RuntimeDirectory()
        self.settings = settings
        self.executableDirectory = executableDirectory
        self.state = state
        self.runtime = runtime
        self.loop = loop
        self.log = log
        self.onExit = onExit
    }

    /// Starts the manager. Ctrl-C and SIGTERM end everything in order; a second one ends it at once.
    public func start() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [events] in events.post(.signal(number)) }
            source.resume()
            signalSources.append(source)
        }
        StrayPrograms.adopt()
        loop.watch(events.descriptor) { [self] in assumeIsolated { $0.handleEvents() } }
        startManager()
        watchHeartbeat()
    }

    /// Ends a manager that has said nothing for five seconds; its end leads to a new one.
    private func watchHeartbeat() {
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                guard let manager, lastBeat.duration(to: .now) > Supervisor.heartbeatLimit else { continue }
                log.error("The manager has not answered for 5 s; it is ended.")
                lastBeat = .now
                manager.send(signal: SIGKILL)
            }
        }
    }

    private func handleEvents() -> Bool {
        let taken = events.takeAll()
        for event in taken { handle(event) }
        return !taken.isEmpty
    }

    private func handle(_ event: Event) {
        switch event {
        case .signal(let number): stop(signal: number)
        case .managerStarted(let process): manager = process
        case .managerEnded(let end): managerEnded(end)
        case .workerStarted(let process):
            worker = process
            if isWorkerUnwanted { process.send(signal: SIGKILL) }
            tell(.workerRuns(WorkerProcess(pid: process.pid, endpoint: workerEndpoint)))
        case .workerEnded(let end): workerEnded(end)
        }
    }

    // MARK: - Manager

    private func startManager() {
        guard let ends = LineChannel.makeDescriptors() else {
            log.critical("No descriptor is left for the link to the manager.")
            finish(code: 1)
            return
        }
        channel = LineChannel(descriptor: ends.mine)
        channelWatch = loop.watch(ends.mine) { [self] in assumeIsolated { $0.readManager() } }
        var settings = settings
        settings.isReplacement = !managerStarts.isEmpty
        managerStarts.append(.now)
        lastBeat = .now
        let path = executableDirectory + "/re-manager"
        let arguments = ["--settings", settings.json.encodedText]
        let events = events
        Task {
            let end = await ChildProcess.run(path, arguments: arguments, input: ends.theirs) {
                events.post(.managerStarted($0))
            }
            events.post(.managerEnded(end))
        }
        tell(worker.map { .workerRuns(WorkerProcess(pid: $0.pid, endpoint: workerEndpoint)) } ?? .noWorker)
    }

    private func managerEnded(_ end: ChildProcess.End) {
        while readManager() {}
        if let channelWatch { loop.unwatch(channelWatch) }
        channelWatch = nil
        channel = nil
        manager = nil
        if managerSaidStop || isStopping {
            managerExitCode = if case .exited(let code) = end { Int32(code) } else { 1 }
            finishWhenWorkerIsGone()
            return
        }
        switch end {
        case .exited(let code) where Int32(code) == Supervisor.configurationExitCode:
            managerExitCode = Supervisor.configurationExitCode
            finishWhenWorkerIsGone()
        case .notStarted(let reason):
            log.critical("The manager could not be started: \(reason)")
            managerExitCode = 1
            finishWhenWorkerIsGone()
        case .exited, .signalled:
            // Three ends within ten seconds are no accident that a new start would mend.
            guard managerStarts.count(where: { $0.duration(to: .now) < .seconds(10) }) < 3 else {
                log.critical("The manager has ended three times within 10 s; it is not started again.")
                managerExitCode = 1
                finishWhenWorkerIsGone()
                return
            }
            log.error("The manager has ended unexpectedly: \(end.description). Another one is started.")
            startManager()
        }
    }

    private func readManager() -> Bool {
        guard case .lines(let lines) = channel?.receive() else { return false }
        for line in lines {
            switch SupervisorRequest(encoded: line) {
            case .startWorker: startWorker()
            case .killWorker: killWorker()
            case .endWorker: endWorker()
            case .beat: lastBeat = .now
            case .stop: managerSaidStop = true
            case nil: log.error("The manager said something unknown: \(String(decoding: line, as: UTF8.self))")
            }
        }
        return !lines.isEmpty
    }

    private func tell(_ notice: SupervisorNotice) { channel?.send(notice.encoded) }

    // MARK: - Worker

    private func startWorker() {
        guard worker == nil, !isWorkerStarting else {
            tell(.workerNotStarted(reason: "a worker is running already"))
            return
        }
        isWorkerStarting = true
        isWorkerUnwanted = false
        workersStarted += 1
        workerEndpoint = runtime.workerEndpoint(number: workersStarted)
        var (path, arguments) =
            switch settings.worker {
            case .native: (executableDirectory + "/re-worker", [String]())
            case .python(let worker): (worker.interpreter, worker.arguments)
            }
        arguments += ["--endpoint", workerEndpoint] + settings.startup.workerOption
        arguments += ["--state-dir", settings.stateDirectory, "--log-level", settings.logLevel]
        if let directory = settings.documentsDirectory { arguments += ["--documents-dir", directory] }
        let (events, errorPath, program, options) = (events, runtime.workerErrorPath, path, arguments)
        Task {
            let end = await ChildProcess.run(program, arguments: options, errorPath: errorPath) {
                events.post(.workerStarted($0))
            }
            events.post(.workerEnded(end))
        }
    }

    private func killWorker() {
        if let worker {
            worker.send(signal: SIGKILL)
        } else if isWorkerStarting {
            isWorkerUnwanted = true
        } else {
            tell(.workerNotStarted(reason: "no worker is running"))
        }
    }

    private func endWorker() {
        guard let worker else {
            killWorker()
            return
        }
        worker.send(signal: SIGTERM)
        Task {
            try? await Task.sleep(for: .seconds(5))
            guard self.worker === worker else { return }
            log.error("The worker has not ended in 5 s; it is killed.")
            worker.send(signal: SIGKILL)
        }
    }

    private func workerEnded(_ end: ChildProcess.End) {
        let pid = worker?.pid ?? 0
        worker = nil
        isWorkerStarting = false
        let strays = StrayPrograms()
        Task { await strays.reap() }
        switch end {
        case .notStarted(let reason): tell(.workerNotStarted(reason: reason))
        case .exited(let code):
            tell(.workerExited(pid: pid, WorkerExit(code: code, output: code == 0 ? "" : runtime.workerErrorTail())))
        case .signalled(let signal):
            tell(.workerExited(pid: pid, WorkerExit(signal: signal, output: runtime.workerErrorTail())))
        }
        if managerExitCode != nil { finishWhenWorkerIsGone() }
    }

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
        tell(.shutDown)
        Task {
            try? await Task.sleep(for: .seconds(20))
            log.error("The manager has not ended in 20 s; it is ended now.")
            manager?.send(signal: SIGKILL)
        }
    }

    private func finishWhenWorkerIsGone() {
        if let worker {
            worker.send(signal: SIGKILL)
        } else if let managerExitCode {
            finish(code: managerExitCode)
        }
    }

    private func finish(code: Int32) {
        runtime.remove()
        ConsoleWriter.shared.flush()
        onExit(code)
    }
}
