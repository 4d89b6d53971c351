public import EventModel
public import Wire

/// How a call of the engine ended.
public struct RunOutcome: Sendable {
    /// The ways to end.
    public enum Ending: Sendable {
        /// The plan went to its end.
        case completed
        /// Somebody stopped it.
        case stopped
        /// Somebody aborted it.
        case aborted
        /// Somebody halted it.
        case halted
        /// It failed.
        case failed(any Error)
    }

    /// How the call ended.
    public let ending: Ending
    /// What the stop documents say that the engine itself emitted.
    public let exitStatus: ExitStatus
    /// The reason given with an abort, or the text of the error.
    public let reason: String
    /// The runs that were opened, in order.
    public let runUIDs: [String]
    /// Their numbers, in the same order.
    public let scanIDs: [Int]
    /// What the plan returned; null if it did not go to its end.
    public let result: JSONValue
    /// Whether the call was interrupted and not resumed after that.
    public let isInterrupted: Bool

    /// The error, if the call failed.
    public var error: (any Error)? {
        guard case .failed(let error) = ending else { return nil }
        return error
    }
}
