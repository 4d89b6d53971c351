internal import Dispatch
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
        case runs([RunEntry])
        case planFinished(PlanResult)
        case terminate
    }

    private nonisolated let loop: EventLoop
    /// Runs everything on the loop.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private nonisolated let events = Mailbox<Event>()
    private nonisolated let log: Logger

    private let profile: ProfileLocation
    private let metadataPath: String?
    private var session: ManagerSession?
    private var console: ConsoleCapture?
    private var state = WorkerState()
    private var environment: Environment?
    private var userPermissions: JSONObject?
    private var isEnding = false
    private var signalSource: (any DispatchSourceSignal)?

    /// Listens on the worker link.
    ///
    /// - Parameters:
    ///   - endpoint: Address of the link, for example `ipc:///run/…/worker`.
    ///   - profile: Where devices and plans are described.
    ///   - metadataPath: The file that keeps the engine's metadata.
    ///   - loop: The thread to live on.
    ///   - log: Where log lines go.
    /// - Throws: ``ZeroMQError`` if the address cannot be used.
    public init(
        endpoint: String,
        profile: ProfileLocation,
        metadataPath: String?,
        loop: EventLoop,
        log: Logger
    ) throws {
        self.profile = profile
        self.metadataPath = metadataPath
        self.loop = loop
        self.log = log
        session = try ManagerSession(endpoint: endpoint, in: Context())
    }

    /// Begins to serve the link and to open the environment.
    public func start() {
        console = ConsoleCapture()
        watch()
        let (events, profile, metadataPath) = (events, profile, metadataPath)
        Task.detached {
            do {
                let environment = try Environment(location: profile, metadataPath: metadataPath, events: events)
                events.post(.opened(environment))
            } catch {
                events.post(.openingFailed("\(error)"))
            }
        }
    }

    private func watch() {
        signal(SIGTERM, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler { [events] in events.post(.terminate) }
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
        if isEnding, state.runningItem == nil { exit() }
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
            log.info("RE Environment is ready")
            reports.append(.environmentReady)
        case .openingFailed(let reason):
            log.error("The environment could not be opened: \(reason)")
            state.environment = .failed
            isEnding = true
            reports.append(.environmentFailed(reason: reason, traceback: ""))
        case .engine(let name):
            state.engine = name
            if state.runningItem != nil { state.environment = name == "paused" ? .idle : .executingPlan }
        case .runs(let runs): show(runs)
        case .planFinished(let result):
            state.environment = .idle
            state.runningItem = nil
            show([])
            reports.append(.planFinished(result))
        case .terminate:
            log.info("Ending on SIGTERM")
            isEnding = true
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
            if isEnding, state.runningItem == nil { exit() }
        }
        return didAnything
    }

    private func carryOut(_ command: WorkerCommand) throws -> JSONObject {
        if case .permissions(let permissions) = command {
            userPermissions = permissions
            try environment?.setPermissions(permissions)
            return [:]
        }
        guard let environment else { throw CommandRefused("The environment is not open yet") }
        switch command {
        case .runPlan(let item): try run(item, in: environment)
        case .pause(let deferred): try environment.pause(deferred: deferred)
        case .resume: try environment.resume()
        case .stop: try environment.stop()
        case .abort: try environment.abort()
        case .halt: try environment.halt()
        case .lists: return ["plans": .object(environment.plans), "devices": .object(environment.devices)]
        case .metadata: return environment.metadata
        case .permissions: break
        case .close:
            guard state.runningItem == nil else {
                throw CommandRefused("The environment cannot be closed while a plan is running or paused")
            }
            state.environment = .closing
            isEnding = true
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

    // MARK: - The end

    private func exit() {
        ConsoleWriter.shared.flush()
        _ = readConsole()
        // Closing the session sends what is still on its way.
        session = nil
        Glibc.exit(0)
    }
}

/// Why a command is refused.
struct CommandRefused: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
