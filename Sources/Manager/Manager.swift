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
    var control: Socket?
    var audit: RequestAudit
    /// Knows the clients, if only some are admitted.
    var gate: Gate?
    var supervisor: LineChannel
    var publisher: Publisher?
    /// The last console output.
    var console = ConsoleLog()
    /// The manager's own log lines, which are part of the console output.
    nonisolated let logLines: Mailbox<String>

    var execution: Execution
    var queue: PlanQueue
    var historyCount: Int
    /// Why the last change could not be stored; nil if it was.
    var storeProblem: String?
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
    var pendingActions: [Execution.Action] = []
    var statusMessage: StatusMessage?
    var isStatusUnpublished = true
    var isStopping = false
    /// Called once with the exit code when the manager is done.
    let onExit: @Sendable (Int32) -> Void

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
}

/// A setting needs the manager's key, and there is none.
private struct MissingKey: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) {
        description = "\(reason) with a key of the manager. Set QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER."
    }
}
