public import Wire

/// Is told of each change of the engine's state, in order.
public typealias StateObserver = @Sendable (_ new: EngineState, _ old: EngineState) -> Void

/// Takes a line that the engine has to say to people.
public typealias ReportHandler = @Sendable (String) -> Void

/// Chooses the number of the next run from the metadata of the engine.
public typealias ScanIDSource = @Sendable (JSONObject) throws -> Int

/// Carries out a command of one's own.
public typealias CommandHandler = @Sendable (CustomCommand) async throws -> Response

/// Asks the user something and returns the answer.
public typealias InputHandler = @Sendable (_ prompt: String) async throws -> String

/// What an engine is told when it is made.
public struct EngineConfiguration: Sendable {
    /// Called with each change of state, one at a time and in order, usually before the call that made the change
    /// returns. It must not block; it may send requests to the engine.
    public var onStateChange: StateObserver?
    /// Called with what holds plans, whenever that changes, also while no plan is carried out: a sentence for each
    /// suspender. It must not block.
    public var onSuspensionChange: (@Sendable (_ justifications: [String]) -> Void)?
    /// Called with the statuses of a group when a plan begins to wait for it, and with nil when the wait is over.
    public var waitingHook: (@Sendable ([Status]?) -> Void)?
    /// Called with each message before it is carried out.
    public var messageHook: (@Sendable (Message) -> Void)?
    /// Takes what the engine has to say to people, for example that it is pausing. Nothing is said by default.
    public var report: ReportHandler?
    /// Numbers the runs; one more than the last by default.
    public var scanIDSource: ScanIDSource?
    /// Refuses metadata of a run by throwing; the rules of the document model are checked in any case.
    public var metadataValidator: (@Sendable (JSONObject) throws -> Void)?
    /// Replaces the metadata of a run, after they were validated.
    public var metadataNormalizer: (@Sendable (JSONObject) throws -> JSONObject)?
    /// Applied to each plan, in order: the last one is outermost.
    public var preprocessors: [@Sendable (Plan) -> Plan] = []
    /// Whether each run has a stream `interruptions` that tells of pauses and the like.
    public var recordInterruptions = false
    /// Answers the message `input`; without it such messages fail.
    public var input: InputHandler?
    /// Commands of one's own, by name.
    public var commands: [String: CommandHandler] = [:]
    /// How many seconds a device has to answer when it is asked to stop, to pause and the like, and to answer at all once
    /// somebody interrupts the plan. After that the engine goes on without it.
    public var devicePatience: Double = 10
    /// How long a pause that was deferred waits at the checkpoint, in seconds, in case somebody changes their mind.
    public var deferredPauseGrace: Double = 0

    /// The usual configuration.
    public init() {}
}
