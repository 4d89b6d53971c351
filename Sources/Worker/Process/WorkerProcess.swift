internal import CLinux
internal import Dispatch
internal import EventModel
internal import Glibc
public import Logging
internal import ProcessLog
internal import Wire
internal import WorkerLink
public import ZeroMQ

/// The worker's side of the worker link: it opens an environment, carries out the manager's commands, and tells the
/// manager each change as it happens.
///
/// Plans run on other threads; what they bring about comes back through a mailbox, in order.
public actor WorkerProcess {
    /// What happens away from the loop.
    enum Event: Sendable {
        case opened(Environment)
        case openingFailed(String)
        case engine(String)
        case suspensions([String])
        case runs([RunEntry])
        case progress([JSONValue])
        case planFinished(PlanResult)
        case taskFinished(TaskResult, updatesLists: Bool)
        case terminate(reason: String)
    }

    nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    nonisolated let events = Mailbox<Event>()
    nonisolated let log: Logger

    let profile: ProfileLocation
    let repertoire: Repertoire
    let storage: WorkerStorage
    var session: ManagerSession?
    var console: ConsoleCapture?
    var state = WorkerState()
    var environment: Environment?
    var userPermissions: JSONObject?
    var tasks: [String: Task<Void, Never>] = [:]
    let adoptionWait: Duration
    var supervisor: SupervisorWatch?
    var greetings = 0
    var adoptionTimer: Task<Void, Never>?
    var isEnding = false
    var exitCode: Int32 = 0
    var isGraceOver = false
    var signalSource: (any DispatchSourceSignal)?

    /// Listens on the worker link.
    ///
    /// - Parameters:
    ///   - endpoint: Address of the link, for example `ipc:///run/…/worker`.
    ///   - profile: Where devices and plans are described.
    ///   - repertoire: The devices, plans and functions that the profile may name.
    ///   - storage: Where metadata and documents are kept.
    ///   - adoptionWait: How long to wait for another supervisor when this one has been killed and nothing runs.
    ///   - loop: The thread to live on.
    ///   - log: Where log lines go.
    /// - Throws: ``ZeroMQError`` if the address cannot be used.
    public init(
        endpoint: String,
        profile: ProfileLocation,
        repertoire: Repertoire = .standard,
        storage: WorkerStorage,
        adoptionWait: Duration = usualAdoptionWait,
        loop: EventLoop,
        log: Logger
    ) throws {
        self.profile = profile
        self.repertoire = repertoire
        self.storage = storage
        self.adoptionWait = adoptionWait
        self.loop = loop
        self.log = log
        session = try ManagerSession(endpoint: endpoint, in: Context())
    }

    /// Begins to serve the link and to open the environment.
    public func start() {
        console = ConsoleCapture()
        watch()
        let (events, profile, repertoire, storage) = (events, profile, repertoire, storage)
        Task.detached {
            do {
                let environment = try Environment(
                    location: profile,
                    repertoire: repertoire,
                    storage: storage,
                    events: events
                )
                try await environment.installSuspenders()
                events.post(.opened(environment))
            } catch {
                events.post(.openingFailed("\(error)"))
            }
        }
    }

    private func watch() {
        watchSupervisor(Int(getppid()))
        endUnlessGreeted()
        signal(SIGTERM, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler { [events] in events.post(.terminate(reason: "SIGTERM")) }
        source.resume()
        signalSource = source
        if let descriptor = session?.descriptor {
            loop.watch(descriptor) { [self] in assumeIsolated { $0.readCommands() } }
        }
        if let descriptor = console?.descriptor {
            loop.watch(descriptor) { [self] in assumeIsolated { $0.readConsole() } }
        }
        loop.watch(events.descriptor) { [self] in assumeIsolated { $0.handleEvents() } }
    }

    func readConsole() -> Bool {
        guard let text = console?.read() else { return false }
        session?.console(text)
        return true
    }

    private func handleEvents() -> Bool {
        let taken = events.takeAll()
        var reports: [WorkerReport] = []
        for event in taken { handle(event, reports: &reports) }
        // What a plan or task has printed comes before the report of its end; one read takes all that is in the pipe.
        if !reports.isEmpty { _ = readConsole() }
        // The state comes before the reports, so that a manager that acts on a report sees a worker that is ready.
        session?.update(state)
        for report in reports { session?.report(report) }
        exitIfDone()
        return !taken.isEmpty
    }

    private func handle(_ event: Event, reports: inout [WorkerReport]) {
        switch event {
        case .opened(let environment):
            self.environment = environment
            if let userPermissions { try? environment.setPermissions(userPermissions) }
            state.environment = .idle
            state.engine = environment.engineState
            state.listsUID = UID.make()
            reports.append(.environmentReady)
        case .openingFailed(let reason):
            state.environment = .failed
            exitCode = 1
            beginEnd()
            reports.append(.environmentFailed(reason: reason, traceback: ""))
        case .engine(let name):
            state.engine = name
            if state.runningItem != nil { state.environment = name == "paused" ? .idle : .executingPlan }
        case .suspensions(let justifications): state.suspensions = justifications
        case .runs(let runs): show(runs)
        case .progress(let devices): session?.progress(devices)
        case .planFinished(let result):
            state.environment = .idle
            state.runningItem = nil
            // The list is emptied with each plan, and counts as changed also when there was nothing in it.
            state.runs = []
            state.runsVersion += 1
            reports.append(.planFinished(result))
        case .taskFinished(let result, let updatesLists):
            tasks[result.uid] = nil
            state.tasks.removeAll { $0.uid == result.uid }
            if state.environment == .executingTask, state.tasks.allSatisfy(\.runsInBackground) {
                state.environment = .idle
            }
            if updatesLists { state.listsUID = UID.make() }
            // A task that was cut short because the environment ends has no result.
            if !isEnding { reports.append(.taskFinished(result)) }
        case .terminate(let reason):
            log.info("Ending: \(reason)")
            beginEnd()
            try? environment?.abort()
        }
    }

    private func show(_ runs: [RunEntry]) {
        guard runs != state.runs else { return }
        state.runs = runs
        state.runsVersion += 1
    }
}
