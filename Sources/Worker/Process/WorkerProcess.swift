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

    private nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private nonisolated let events = Mailbox<Event>()
    private nonisolated let log: Logger

    private let profile: ProfileLocation
    private let repertoire: Repertoire
    private let storage: WorkerStorage
    private var session: ManagerSession?
    private var console: ConsoleCapture?
    private var state = WorkerState()
    private var environment: Environment?
    private var userPermissions: JSONObject?
    private var tasks: [String: Task<Void, Never>] = [:]
    private let adoptionWait: Duration
    private var supervisor: SupervisorWatch?
    private var greetings = 0
    private var adoptionTimer: Task<Void, Never>?
    private var isEnding = false
    private var exitCode: Int32 = 0
    private var isGraceOver = false
    private var signalSource: (any DispatchSourceSignal)?

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

    // MARK: - Events

    private func readConsole() -> Bool {
        guard let text = console?.read() else { return false }
        session?.console(text)
        return true
    }

    private func handleEvents() -> Bool {
        let taken = events.takeAll()
        var reports: [WorkerReport] = []
        for event in taken { handle(event, reports: &reports) }
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

    // MARK: - Commands

    private func readCommands() -> Bool {
        var didAnything = false
        while let (id, command) = session?.receive() {
            didAnything = true
            do {
                let result = try carryOut(command)
                session?.update(state)
                session?.answer(id, .accepted(result))
            } catch {
                session?.answer(id, .refused(reason: "\(error)"))
            }
        }
        noteGreeting()
        if didAnything { exitIfDone() }
        return didAnything
    }

    private func carryOut(_ command: WorkerCommand) throws -> JSONObject {
        if case .permissions(let permissions) = command {
            userPermissions = permissions
            try environment?.setPermissions(permissions)
            return [:]
        }
        if case .ping = command { return [:] }
        guard let environment else { throw CommandRefused("The environment is not open yet") }
        switch command {
        case .runPlan(let item, _): try run(item, in: environment)
        case .startTask(let task): try start(task, in: environment)
        case .pause(let deferred): try environment.pause(deferred: deferred)
        case .resume: try environment.resume()
        case .stop: try environment.stop()
        case .abort: try environment.abort()
        case .halt: try environment.halt()
        case .lists: return ["plans": .object(environment.plans), "devices": .object(environment.devices)]
        case .metadata: return environment.metadata
        case .permissions, .ping: break
        case .close:
            guard state.runningItem == nil else {
                throw CommandRefused("The environment cannot be closed while a plan is running or paused")
            }
            guard state.environment != .executingTask else {
                throw CommandRefused("The environment cannot be closed while a foreground task is running")
            }
            state.environment = .closing
            beginEnd()
        }
        return [:]
    }

    private func run(_ item: JSONObject, in environment: Environment) throws {
        guard state.environment == .idle, state.runningItem == nil else {
            throw CommandRefused(
                "Attempted to start a plan in '\(state.environment.rawValue)' environment state. Accepted state: 'idle'"
            )
        }
        guard let uid = item["item_uid"]?.string else { throw CommandRefused("The item has no UID") }
        state.environment = .executingPlan
        state.runningItem = uid
        environment.run(item, uid: uid)
    }

    private func start(_ task: WorkerTask, in environment: Environment) throws {
        guard !isEnding else { throw CommandRefused("The environment is being closed") }
        if !task.runsInBackground {
            guard state.environment == .idle, state.runningItem == nil else {
                throw CommandRefused(
                    "Attempted to start a foreground task in '\(state.environment.rawValue)' environment state. "
                        + "Accepted state: 'idle'"
                )
            }
            state.environment = .executingTask
        }
        let running = RunningTask(uid: task.uid, timeStart: timestampNow(), runsInBackground: task.runsInBackground)
        state.tasks.append(running)
        tasks[task.uid] = environment.start(task, at: running.timeStart)
    }

    // MARK: - The supervisor

    /// How long a worker usually waits for another supervisor: a day.
    public static let usualAdoptionWait = Duration.seconds(86_400)

    /// Each manager that comes names the supervisor that looks after the worker from now on.
    private func noteGreeting() {
        let count = session?.greetings ?? 0
        guard count != greetings else { return }
        greetings = count
        if let pid = session?.supervisor { watchSupervisor(pid) }
    }

    private func watchSupervisor(_ pid: Int) {
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
    private func endUnlessGreeted() {
        Task {
            try? await Task.sleep(for: .seconds(60))
            if greetings == 0 { events.post(.terminate(reason: "no manager has come in 60 s")) }
        }
    }

    // MARK: - The end

    /// Cuts the tasks short and ends the process when nothing runs any more: the plan has cleaned up (it has all the
    /// time that the supervisor gives it), the tasks have ended or had half a second for it, and the reports are safe
    /// with a manager or have waited two seconds for one.
    private func beginEnd() {
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

    private func exitIfDone() {
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

/// Why a command is refused.
struct CommandRefused: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
