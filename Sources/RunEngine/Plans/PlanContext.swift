/// What a plan talks to: it sends messages and gets their answers.
///
/// The engine gives a plan a context that carries messages out. Other contexts stand in front of another one and
/// change what passes (see ``FilteringContext``), or only write down what they see (see ``PlanRecorder``). The
/// instructions of which plans are made (`mv`, `sleep`, `triggerAndRead`, …) are methods that the `Plans` module adds.
open class PlanContext {
    /// For subclasses.
    public init() {}

    /// Carries a message out and returns its answer.
    ///
    /// The call returns when the command has been carried out, and, if a pause comes in between, when the plan has
    /// been resumed. A message that was interrupted by the pause is answered with ``Response/null``.
    ///
    /// - Throws: what the command throws, and ``RequestStop``, ``RequestAbort``, ``PlanHalt``, ``FailedPause`` or
    ///   ``FailedStatus`` when the plan is to end. A plan that catches errors to clean up lets ``PlanHalt`` pass.
    open func send(_ message: Message) async throws -> Response {
        throw InvalidCommand(name: message.command.name)
    }

    /// The time as the plan sees it, in seconds from some moment: for plans that keep a pace. In a dry run it is the time
    /// that the plan would have reached.
    open var clock: Double { ContinuousClock.now.secondsOfProcess }

    /// Sends a command about the run without a key.
    @discardableResult
    public final func send(_ command: Command) async throws -> Response {
        try await send(Message(command))
    }
}

extension ContinuousClock.Instant {
    private static let beginning = ContinuousClock.now

    /// Seconds since this was asked first.
    fileprivate var secondsOfProcess: Double { Self.beginning.duration(to: self) / .seconds(1) }
}
