internal import Glibc
public import Logging
internal import ProcessLog
public import QueueStore
public import SupervisorLink
internal import Wire
internal import WorkerLink
public import ZeroMQ

/// The owner of the queue, the history and all decisions.
///
/// One thread, the event loop's, does everything: it answers the control socket, listens to the worker and to the
/// supervisor, writes the store and publishes. A request is answered before the next one is read, and what it started
/// is carried out after its reply is on its way.
public actor Manager {
    /// The thread of the manager.
    public nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    nonisolated let log: Logger
    let settings: ManagerSettings
    let store: any QueueStore
    let context: Context
    /// The socket of the requests; nil when the manager ends.
    private(set) var control: Socket?
    var audit: RequestAudit
    /// Knows the clients, if only some are admitted.
    var gate: Gate?
    private var supervisor: LineChannel
    private var publisher: Publisher?
    /// The last console output.
    var console = ConsoleLog()
    /// The manager's own log lines, which are part of the console output.
    private nonisolated let logLines: Mailbox<String>

    private(set) var execution: Execution
    private(set) var queue: PlanQueue
    private(set) var historyCount: Int
    /// Why the last change could not be stored; nil if it was.
    private(set) var storeProblem: String?
    let metrics = Metrics()
    private let metricsServer: MetricsServer?
    var uids = StatusUIDs()
    var lists: PlanLists
    var lock: AccessLock
    var historyLimit: HistoryLimit

    /// The link to the worker, while there is one.
    var worker: WorkerSession?
    var workerWatch: EventLoop.Watch?
    var workerProcess: WorkerProcess?
    var sentCommands: [Int: WorkerCommand] = [:]
    /// Whether the worker has yet to tell everything that it knows.
    var isWorkerNew = false
    var heartbeat: WorkerHeartbeat?
    /// Whether it is known what the worker does, if there is one; until then no request is answered.
    var isInformed = false
    /// Whether the lists of this worker have been taken over before.
    var hasWorkerLists = false
    /// What happened and could not be stored yet, oldest first.
    var unstoredEvents: [DurableEvent] = []
    var isRetrying = false
    /// Whether it has been said that events wait for the store.
    var isStoreAwaited = false

    /// The request that is answered when the worker has answered; no other is read meanwhile.
    var owedReply: OwedReply?
    private var pendingActions: [Execution.Action] = []
    private var statusMessage: StatusMessage?
    private var isStatusUnpublished = true
    var isStopping = false
    /// Called once with the exit code when the manager is done.
    private let onExit: @Sendable (Int32) -> Void

    /// Loads the lists and binds the sockets; nothing is answered before ``start()``.
    ///
    /// - Parameters:
    ///   - settings: What to serve and where.
    ///   - store: Where the queue and the history are.
    ///   - state: What has been loaded from the store.
    ///   - secretKey: The CURVE key of the sockets; without one they are not encrypted.
    ///   - emergencyLockKey: A key that opens any lock; nil for none.
    ///   - supervisor: One end of the link to the supervisor.
    ///   - loop: The thread to live on.
    ///   - log: Where log lines go.
    ///   - logLines: Gets the lines of `log` too, so that they are published.
    ///   - onExit: Called once, on the loop, when the manager is done.
    /// - Throws: An error with a text for the reader, for example when the address is taken.
    public init(
        settings: ManagerSettings,
        store: any QueueStore,
        state: StoredState,
        secretKey: CurveKeys?,
        emergencyLockKey: String?,
        supervisor: consuming LineChannel,
        loop: EventLoop,
        log: Logger,
        logLines: Mailbox<String>,
        onExit: @escaping @Sendable (Int32) -> Void
    ) throws {
        if secretKey == nil {
            if let file = settings.clientsFile { throw MissingKey("Clients are known by their keys ('\(file)')") }
            if settings.encryptsInfo { throw MissingKey("Console output and status can only be encrypted") }
        }
        let context = Context()
        // Handshakes begin as soon as a socket is bound.
        let gate = try settings.clientsFile.map {
            try Gate(settings: $0, isReplacement: settings.isReplacement, in: context, log: log)
        }
        let control = try Socket(.reply, in: context)
        if let secretKey { control.setCurveServer(secretKey) }
        Manager.limit(control)
        try UNIXEndpoint.prepare(settings.controlAddress)
        if let address = settings.infoAddress { try UNIXEndpoint.prepare(address) }
        try control.bind(to: settings.controlAddress)
        // A reply that is on its way when the manager stops still gets out.
        control.setLinger(milliseconds: 500)

        self.settings = settings
        self.store = store
        let auditLog =
            try (store as? any AuditedStore)?.auditLog
            ?? SQLiteAuditLog(path: settings.stateDirectory + "/audit.sqlite")
        audit = RequestAudit(log: auditLog, days: settings.auditDays, logger: log)
        self.context = context
        self.control = consume control
        self.gate = gate
        self.supervisor = supervisor
        self.loop = loop
        self.log = log
        self.logLines = logLines
        self.onExit = onExit
        queue = state.queue
        historyCount = try store.historyCount()
        execution = Execution(
            storedItem: state.settings[.runningItem].flatMap { RunningItem(stored: $0) },
            mode: QueueMode(stored: state.settings[.queueMode]),
            onFailure: settings.onFailure
        )
        historyLimit = HistoryLimit(entries: settings.historyEntries, days: settings.historyDays)
        lists = try PlanLists(settings: settings, stored: state.settings[.permissions], log: log)
        lock = AccessLock(stored: state.settings[.lock], emergencyKey: emergencyLockKey)
        if settings.isReplacement {
            execution.setAutostart(state.settings[.autostart]?.bool ?? false)
            execution.isStopPending = state.settings[.stopPending]?.bool ?? false
        }
        let metrics = metrics
        metricsServer = try settings.metricsPort.map { try MetricsServer(port: $0, metrics: metrics) }
        publisher = try settings.infoAddress.map {
            try Publisher(
                address: $0,
                keys: settings.encryptsInfo ? secretKey : nil,
                encoding: settings.encoding,
                holdsConsole: settings.isReplacement,
                in: context
            )
        }
        let current: [Setting: JSONValue] = [
            .permissions: .object(lists.permissions), .autostart: .bool(execution.isAutostartEnabled),
            .stopPending: .bool(execution.isStopPending),
        ]
        let outdated = current.filter { state.settings[$0] != $1 }
        do {
            if !outdated.isEmpty { try store.commit(outdated.map { .set($0, $1) }, to: queue) }
        } catch {
            log.error("\(error)")
        }
    }

    /// Keeps a single client from filling the memory: with requests that come faster than replies go, with replies that
    /// it does not read (those beyond a thousand are dropped), or with a request without an end.
    private static func limit(_ control: borrowing Socket) {
        control.setHighWaterMark(1_000)
        control.setMaximumMessageSize(1 << 27)
        control.setKeepAlive()
    }

    /// Begins to answer.
    public func start() {
        watchWorker()
        guard let descriptor = control?.descriptor, let endpoint = control?.lastEndpoint else { return }
        loop.watch(descriptor) { [self] in assumeIsolated { $0.answerRequests() } }
        if let descriptor = gate?.descriptor {
            loop.watch(descriptor) { [self] in assumeIsolated { $0.gate?.answerHandshakes() ?? false } }
        }
        loop.watch(supervisor.descriptor) { [self] in assumeIsolated { $0.readSupervisor() } }
        loop.watch(logLines.descriptor) { [self] in assumeIsolated { $0.publishLogLines() } }
        log.info("Waiting for requests at \(endpoint)")
        if let metricsServer { log.info("Metrics are at http://127.0.0.1:\(metricsServer.port)/metrics") }
        measure()
        publishRegularly()
        beatRegularly()
        dropOldHistoryRegularly()
    }

    /// Tells the supervisor twice a second that the loop is alive.
    private func beatRegularly() {
        Task {
            while !Task.isCancelled {
                tellSupervisor(.beat)
                metrics.beat()
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    // MARK: - Changes

    /// Lets an event change what the manager does: computes the step, stores its changes, and only then shows it.
    /// The step's actions are carried out when the reply to the present request is out.
    ///
    /// - Throws: ``Refusal`` if the event is not allowed now, ``QueueStoreError`` if its changes could not be stored.
    func transition(_ event: (inout Execution) throws -> Execution.Step) throws {
        var next = execution
        let step = try event(&next)
        try store(step.changes + flagChanges(to: next))
        if next.tasks.completions != execution.tasks.completions { uids.taskResults = UID.make() }
        if next.suspensions != execution.suspensions { publisher?.publish(suspensions: next.suspensions) }
        execution = next
        pendingActions += step.actions
        statusChanged()
    }

    /// Lets an event change what the manager does where nothing follows.
    func change(_ event: (inout Execution) throws -> Void) throws {
        try transition { execution in
            try event(&execution)
            return Execution.Step()
        }
    }

    /// What must be stored so that a manager that replaces this one has the same flags.
    private func flagChanges(to next: Execution) -> [QueueChange] {
        var changes: [QueueChange] = []
        if next.isAutostartEnabled != execution.isAutostartEnabled {
            changes.append(.set(.autostart, .bool(next.isAutostartEnabled)))
        }
        if next.isStopPending != execution.isStopPending {
            changes.append(.set(.stopPending, .bool(next.isStopPending)))
        }
        return changes
    }

    /// Stores changes of the queue and applies them.
    ///
    /// - Throws: ``Refusal`` with the reason if they could not be stored; nothing has changed then.
    func commit(_ changes: [QueueChange]) throws(Refusal) {
        do {
            try store(changes)
        } catch {
            log.error("\(error)")
            throw .request("\(error)")
        }
        statusChanged()
    }

    private func store(_ changes: [QueueChange]) throws {
        guard !changes.isEmpty else { return }
        let changes = changes + historyLimit.changes(following: changes, count: historyCount)
        try write(changes)
        queue.apply(changes)
        uids.note(changes)
        historyCount += HistoryLimit.growth(changes)
        for case .record(let item) in changes {
            metrics.countPlan(exitStatus: item.members["result"]?["exit_status"]?.string ?? "unknown")
        }
    }

    /// Removes entries of the history; the history counts as changed if one was removed or all were asked for.
    func trimHistory(_ change: QueueChange, clearsAll: Bool) throws {
        try write([change])
        let count = try store.historyCount()
        if clearsAll || count != historyCount { uids.note([change]) }
        historyCount = count
        statusChanged()
    }

    private func write(_ changes: [QueueChange]) throws {
        do {
            try audit.commit(changes, to: store, queue: queue)
            storeProblem = nil
        } catch {
            metrics.countStoreError()
            if storeProblem == nil { probeStore() }
            storeProblem = "\(error)"
            throw error
        }
    }

    /// Writes something that changes nothing, each second until it succeeds, so that it is known when a store that could
    /// not be written can be written again.
    private func probeStore() {
        Task {
            repeat {
                try? await Task.sleep(for: .seconds(1))
                try? write([.set(.queueMode, execution.mode.json)])
                measure()
            } while storeProblem != nil
        }
    }

    /// Carries out what events have asked for, and what that asks for in turn.
    func performActions() {
        repeat {
            while !pendingActions.isEmpty {
                let actions = pendingActions
                pendingActions = []
                for action in actions { perform(action) }
            }
            if execution.shouldAutostart(queue) { try? transition { try $0.startQueue() } }
        } while !pendingActions.isEmpty
        measure()
        publishStatus()
    }

    private func perform(_ action: Execution.Action) {
        switch action {
        case .startWorker:
            metrics.countWorkerStart()
            tellSupervisor(.startWorker)
        case .killWorker: tellSupervisor(.killWorker)
        case .send(.runPlan(let item, _)): send(.runPlan(item: item, call: lists.call(for: item)))
        case .send(let command): send(command)
        case .startNextItem: start { $0.startNextItem(queue: queue, at: WallClock.now) }
        case .startItem(let item): start { $0.startItem(item, at: WallClock.now) }
        case .endWorker: tellSupervisor(.endWorker)
        case .expectEnd: expectEndOfWorker()
        case .log(let text): log.info("\(text)")
        case .warn(let text): log.warning("\(text)")
        }
    }

    private func start(_ event: (inout Execution) -> Execution.Step) {
        do {
            try transition(event)
        } catch {
            log.error("The next item could not be started: \(error)")
            execution.startFailed()
            statusChanged()
        }
    }

    // MARK: - Status

    /// The status, rendered when it changed last.
    var status: StatusMessage {
        if let statusMessage { return statusMessage }
        let message = StatusMessage(self)
        statusMessage = message
        return message
    }

    /// To be called after each change that the status may show.
    func statusChanged() {
        statusMessage = nil
        isStatusUnpublished = true
    }

    private func publishStatus() {
        guard publisher != nil, isStatusUnpublished else { return }
        isStatusUnpublished = false
        publisher?.publish(status: status.members)
    }

    /// Sends the status again a second after the last time, so that a subscriber who has just come knows it.
    private func publishRegularly() {
        guard publisher != nil else { return }
        Task {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                publisher?.release()
                publisher?.publish(status: status.members)
            }
        }
    }

    /// Prints console output of the worker and passes it on to whoever listens.
    func printConsole(_ text: String) {
        ConsoleWriter.shared.write(text)
        publish(console: text)
    }

    private func publish(console text: String) {
        let time = WallClock.now
        console.append(text, at: time)
        publisher?.publish(console: text, at: time)
    }

    private func publishLogLines() -> Bool {
        let lines = logLines.takeAll()
        for line in lines { publish(console: line) }
        return !lines.isEmpty
    }

    /// Passes on how far the devices are that the running plan waits for.
    func publish(progress devices: [JSONValue]) {
        publisher?.publish(progress: devices, itemUID: execution.running?.item.uid)
    }

    /// UID of the running item as the methods of the queue know it.
    var runningUID: String? { execution.runningQueueItemUID }

    // MARK: - Supervisor

    func tellSupervisor(_ request: SupervisorRequest) { supervisor.send(request.encoded) }

    private func readSupervisor() -> Bool {
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

/// A setting needs the manager's key, and there is none.
private struct MissingKey: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) {
        description = "\(reason) with a key of the manager. Set QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER."
    }
}
