public import EventModel
internal import Synchronization
public import Wire

/// Carries out plans, one at a time: moves and reads devices as the plan's messages say, and emits the documents of
/// its runs.
///
///     let engine = RunEngine()
///     let outcome = try await engine.run(count([detector], num: 3), sinks: [LiveTable { print($0) }])
///
/// From any thread the plan can be paused, resumed, stopped, aborted and halted. The meaning of all of these, and of
/// the documents, is that of bluesky's RunEngine.
public final class RunEngine: Sendable {
    let configuration: EngineConfiguration
    let control: EngineControl
    let dispatcher = DocumentDispatcher()
    let engineMetadata: EngineMetadata
    private let rewindable = Atomic<Bool>(true)
    private let suspenders = Mutex<[Suspender]>([])
    private let suspensionNews = Mutex(())

    /// An engine that keeps its metadata in `store`.
    ///
    /// - Throws: what the store throws when it is read.
    public init(store: any MetadataStore, configuration: EngineConfiguration = EngineConfiguration()) throws {
        self.configuration = configuration
        control = EngineControl(observer: configuration.onStateChange)
        engineMetadata = try EngineMetadata(
            store: store,
            scanIDSource: configuration.scanIDSource,
            report: configuration.report
        )
    }

    /// An engine that begins with these metadata and forgets them when it goes.
    public init(metadata: JSONObject = [:], configuration: EngineConfiguration = EngineConfiguration()) {
        self.configuration = configuration
        control = EngineControl(observer: configuration.onStateChange)
        engineMetadata = EngineMetadata(
            initial: metadata,
            scanIDSource: configuration.scanIDSource,
            report: configuration.report
        )
    }

    // MARK: Plans

    /// Carries a plan out and returns when the call has ended for good; a pause does not end it.
    ///
    /// Cancelling the task aborts the plan.
    ///
    /// - Parameters:
    ///   - plan: What to do.
    ///   - metadata: Go into each run of the plan and win over what the plan itself says.
    ///   - sinks: Get the documents of this call, after the subscribers of the engine.
    /// - Returns: How the call ended. Failures of the plan are told here, not thrown.
    /// - Throws: ``TransitionError`` if the engine is not idle.
    public func run(
        _ plan: Plan,
        metadata: JSONObject = [:],
        sinks: [any DocumentSink] = []
    ) async throws(TransitionError) -> RunOutcome {
        let call = try control.begin()
        dispatcher.endTemporary()
        let request = CallRequest(planName: plan.name, metadata: metadata, sinks: sinks)
        let context = EngineContext(engine: self, call: call, request: request)
        let plan = configuration.preprocessors.reduce(plan) { plan, preprocessor in preprocessor(plan) }
        return await withTaskCancellationHandler {
            await context.perform(plan)
        } onCancel: {
            try? abort(reason: "The task that carried out the plan was cancelled")
        }
    }

    /// Sends all further documents of this kind, or of all kinds, to `sink`.
    @discardableResult
    public func subscribe(_ sink: any DocumentSink, to name: DocumentName? = nil) -> SubscriptionToken {
        dispatcher.subscribe(sink, to: name)
    }

    /// Ends a subscription. Returns false if there was none.
    @discardableResult
    public func unsubscribe(_ token: SubscriptionToken) -> Bool { dispatcher.unsubscribe(token) }

    // MARK: Suspenders

    /// Lets a suspender hold plans from here on, also one that is running.
    ///
    /// - Throws: what the signal throws when it is asked.
    public func install(_ suspender: Suspender) async throws {
        let isNew = suspenders.withLock { suspenders in
            guard !suspenders.contains(where: { $0 === suspender }) else { return false }
            suspenders.append(suspender)
            return true
        }
        guard isNew else { return }
        do {
            try await suspender.connect { [weak self] suspension in
                self?.configuration.report?("Suspending....  \(suspension.justification)")
                self?.control.requestSuspension(suspension)
            } onChange: { [weak self] in
                self?.tellSuspensions()
            }
        } catch {
            remove(suspender)
            throw error
        }
    }

    /// Ends that. A plan that it holds goes on.
    public func remove(_ suspender: Suspender) {
        suspenders.withLock { suspenders in suspenders.removeAll { $0 === suspender } }
        suspender.disconnect()
        tellSuspensions()
    }

    /// Changes may come from several threads; the last to tell knows all of them.
    private func tellSuspensions() {
        guard let tell = configuration.onSuspensionChange else { return }
        suspensionNews.withLock { _ in tell(justifications) }
    }

    /// Why plans are held at present; empty while nothing holds them.
    public var justifications: [String] { suspenders.withLock { $0 }.compactMap(\.justification) }

    /// What holds plans at present.
    var suspensions: [Suspension] { suspenders.withLock { $0 }.compactMap(\.suspension) }

    // MARK: State

    /// What the engine is doing.
    public var state: EngineState { control.state }

    /// Whether a pause is waiting for the next checkpoint. Stays true after a plan without one, until the next call.
    public var isDeferredPauseRequested: Bool { control.isDeferredPauseRequested }

    /// The metadata that go into every run, with the number of the last run as `scan_id`.
    public var metadata: JSONObject { engineMetadata.value }

    /// Changes the metadata that go into every run.
    public func updateMetadata(_ change: (inout JSONObject) -> Void) { engineMetadata.update(change) }

    /// Whether messages are kept for replay. Plans change this; it outlives the call.
    var isRewindable: Bool {
        get { rewindable.load(ordering: .relaxed) }
        set { rewindable.store(newValue, ordering: .relaxed) }
    }
}
