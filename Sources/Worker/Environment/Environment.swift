internal import EventModel
internal import Glibc
internal import Installation
internal import PlanCatalog
internal import ProcessLog
internal import RunEngine
internal import Synchronization
internal import Wire
internal import WorkerLink
internal import ZeroMQ

/// An open environment: the devices, plans and functions of a profile and the engine that runs the plans.
final class Environment: Sendable {
    /// What scripts and permissions change.
    struct Content: Sendable {
        /// What there is.
        var profile: LoadedProfile
        /// What there was when the lists were made last: users can run what the lists tell.
        private(set) var catalog: Catalog
        private var listed: LoadedProfile
        private var permissions: UserGroupPermissions

        fileprivate init(_ profile: LoadedProfile, _ permissions: UserGroupPermissions) {
            self.profile = profile
            self.permissions = permissions
            listed = profile
            catalog = profile.catalog(permissions: permissions)
        }

        /// Makes the lists anew.
        mutating func list(_ profile: LoadedProfile) {
            listed = profile
            catalog = profile.catalog(permissions: permissions)
        }

        fileprivate mutating func apply(_ permissions: UserGroupPermissions) {
            self.permissions = permissions
            catalog = listed.catalog(permissions: permissions)
        }
    }

    private let engine: RunEngine
    let events: Mailbox<WorkerProcess.Event>
    let content: Mutex<Content>
    /// Held while a script is carried out.
    let scripts = Mutex(())

    /// Loads the profile.
    ///
    /// - Parameter storage: Where metadata and documents are kept.
    /// - Throws: ``ProfileError`` and others that say what is wrong with the profile.
    init(
        location: ProfileLocation,
        repertoire: Repertoire = .standard,
        storage: WorkerStorage,
        events: Mailbox<WorkerProcess.Event>
    ) throws {
        let profile = try LoadedProfile(location, repertoire: repertoire)
        self.events = events
        var configuration = EngineConfiguration()
        configuration.onStateChange = { new, _ in events.post(.engine(new.rawValue)) }
        configuration.onSuspensionChange = { events.post(.suspensions($0)) }
        let progress = ProgressFeed { progress in events.post(.progress(progress.map(\.json))) }
        let bars = ProgressBars { ConsoleWriter.shared.write($0) }
        configuration.waitingHook = { statuses in
            progress.follow(statuses)
            bars.show(statuses)
        }
        configuration.report = { ConsoleWriter.shared.write($0 + "\n") }
        let store: any MetadataStore = storage.metadataPath.map { MetadataFile(path: $0) } ?? TransientMetadata()
        engine = try RunEngine(store: store, configuration: configuration)
        let fixed = try location.runMetadata()
        engine.updateMetadata { $0 = $0.merging(fixed) }
        if let documentsDirectory = storage.documentsDirectory {
            engine.subscribe(RunFiles(directory: documentsDirectory))
        }
        engine.subscribe(LiveTable { ConsoleWriter.shared.write($0 + "\n") })
        engine.subscribe(RunStatistics { ConsoleWriter.shared.write($0 + "\n") })
        let permissions = try UserGroupPermissions(file: location.permissionsFile)
        content = Mutex(Content(profile, permissions))
    }

    /// Lets the suspenders of the profile hold plans.
    ///
    /// - Throws: What a signal throws when it is asked.
    func installSuspenders() async throws {
        for suspender in content.withLock({ $0.profile.suspenders }) { try await engine.install(suspender) }
    }

    /// State of the engine in the words of the API.
    var engineState: String { engine.state.rawValue }

    /// The engine's metadata.
    var metadata: JSONObject { engine.metadata }

    /// The plans as lists show them.
    var plans: JSONObject { content.withLock { $0.catalog.existingPlans }.json }

    /// The devices as lists show them.
    var devices: JSONObject { content.withLock { $0.catalog.existingDevices }.json }

    /// Applies other permissions than those of the profile.
    func setPermissions(_ permissions: JSONObject) throws {
        let permissions = try UserGroupPermissions(.object(permissions))
        content.withLock { $0.apply(permissions) }
    }

    // MARK: - Running plans

    /// Starts the plan of an item. Its end is posted as an event, whatever happens.
    func run(_ item: JSONObject, uid: String) {
        let runList = RunList(events: events)
        Task.detached { [self] in
            let result = await result(of: item, uid: uid, runList: runList)
            // The end of the plan is reported after what it has printed.
            ConsoleWriter.shared.flush()
            events.post(.planFinished(result))
        }
    }

    private func result(of item: JSONObject, uid: String, runList: RunList) async -> PlanResult {
        let plan: Plan
        let metadata: JSONObject
        do {
            (plan, metadata) = try prepare(item)
        } catch {
            return failure(uid, "Error occurred while processing plan parameters: \(error)", error)
        }
        do {
            let outcome = try await engine.run(plan, metadata: metadata, sinks: [runList])
            return PlanResult(itemUID: uid, outcome)
        } catch {
            return failure(uid, "\(error)", error)
        }
    }

    private func prepare(_ item: JSONObject) throws -> (Plan, JSONObject) {
        let group = item["user_group"]?.string ?? ""
        let content = content.withLock { $0 }
        let bound = try content.catalog.bind(item, group: group)
        return (try content.profile.plan(bound), bound.meta)
    }

    private func failure(_ uid: String, _ message: String, _ error: any Error) -> PlanResult {
        PlanResult(
            itemUID: uid,
            exitStatus: .failed,
            message: "Plan failed: \(message)",
            traceback: "\(type(of: error)): \(error)"
        )
    }

    // MARK: - Requests to the engine

    func pause(deferred: Bool) throws {
        guard engine.state == .running else {
            throw CommandRefused(
                "Run engine can be paused only in 'running' state. Current state: '\(engine.state.rawValue)'"
            )
        }
        try engine.requestPause(deferred: deferred)
    }

    func resume() throws { try engine.resume() }
    func stop() throws { try engine.stop() }
    func abort() throws { try engine.abort() }
    func halt() throws { try engine.halt() }
}

extension PlanResult {
    /// The result of an item whose plan was carried out by the engine.
    init(itemUID: String, _ outcome: RunOutcome) {
        let status: ExitStatus =
            switch outcome.ending {
            case .completed: .completed
            case .stopped: .stopped
            case .aborted: .aborted
            case .halted: .halted
            case .failed: .failed
            }
        let error = outcome.error
        self.init(
            itemUID: itemUID,
            exitStatus: status,
            runUIDs: outcome.runUIDs,
            scanIDs: outcome.scanIDs,
            message: error.map { "Plan failed: \($0)" } ?? "",
            traceback: error.map { "\(type(of: $0)): \($0)" } ?? ""
        )
    }
}
