internal import EventModel
internal import Synchronization

/// One call of the engine: the context that its plan gets, and all that the engine remembers while the plan goes on.
///
/// The plan's own task carries out each command within `send`. A pause is a `send` that has not returned yet.
final class EngineContext: PlanContext {
    /// Thrown by a command that was waiting when somebody interrupted. Never leaves `send`.
    struct Interruption: Error {
        /// Whether it waited for the answer of a device, which has not done what it was asked to.
        var isUnanswered = false
    }

    let engine: RunEngine
    let control: EngineControl
    let caller: DeviceCaller
    /// The number of this call.
    let call: UInt64
    /// Metadata and sinks of this call alone.
    let request: CallRequest

    var cache = ReplayCache()
    var runs: [OpenRun] = []
    var runUIDs: [String] = []
    var scanIDs: [Int] = []
    var groups: [Group: [Status]] = [:]
    /// The groups for which a wait without error on timeout has told the hook that it began.
    var announcedGroups: Set<Group> = []
    /// What was set in this call; stopped at each pause and at the end.
    var touched = DeviceSet<any Movable>()
    /// What was staged and not unstaged.
    var staged = DeviceSet<any Stageable>()
    /// What did not answer when it was to be staged, and may be staged in the end.
    var perhapsStaged = DeviceSet<any Stageable>()
    /// All devices of this call that want to know of pauses.
    var pausables: [any Pausable] = []
    /// How many monitors there have been.
    var monitorCount: UInt64 = 0
    private var seen: Set<ObjectIdentifier> = []
    private var isOver = false

    init(engine: RunEngine, call: UInt64, request: CallRequest) {
        self.engine = engine
        control = engine.control
        caller = DeviceCaller(
            control: engine.control,
            patience: engine.configuration.devicePatience,
            report: engine.configuration.report
        )
        self.call = call
        self.request = request
    }

    override func send(_ message: Message) async throws -> Response {
        if isOver { throw IllegalMessageSequence("The call of the run engine to which this context belongs is over") }
        // A request that came while the plan did something else.
        if control.attention.load(ordering: .relaxed) { try await settle() }
        let isKept = note(message)
        let response: Response
        do {
            response = try await execute(message)
        } catch let interruption as Interruption {
            try await settle()
            // Other messages that were interrupted were carried out again with those since the last checkpoint.
            return interruption.isUnanswered && !isKept ? try await send(message) : .null
        } catch {
            // Requests count more than the error of a command.
            if control.attention.load(ordering: .relaxed) { try await settle() }
            throw error
        }
        if control.attention.load(ordering: .relaxed) { try await settle() }
        return response
    }

    /// Returns whether the message is going to be carried out again after a pause.
    private func note(_ message: Message) -> Bool {
        engine.configuration.messageHook?(message)
        if let device = message.command.device, seen.insert(ObjectIdentifier(device)).inserted,
            let pausable = device as? any Pausable
        {
            pausables.append(pausable)
        }
        guard message.command.isReplayed, engine.isRewindable else { return false }
        cache.append(message)
        return true
    }

    /// From here on the context refuses messages.
    func close() { isOver = true }

    /// Hands a document to everybody who wants it.
    func emit(_ document: Document) throws {
        try engine.dispatcher.emit(document)
        for sink in request.sinks { try sink.receive(document) }
    }
}
