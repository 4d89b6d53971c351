public import EventModel

/// Thrown into a plan at its present message because somebody asked for its end. Clean up and let it pass.
public protocol ControlError: Error {
    /// How the runs that the plan closes on its way out ended.
    var exitStatus: ExitStatus { get }
}

/// The plan was asked to stop; what it measured so far counts as a success.
public struct RequestStop: ControlError, CustomStringConvertible {
    /// The error.
    public init() {}
    /// Success.
    public var exitStatus: ExitStatus { .success }
    /// What happened.
    public var description: String { "The plan was stopped" }
}

/// The plan was asked to abort.
public struct RequestAbort: ControlError, CustomStringConvertible {
    /// The error.
    public init() {}
    /// Abort.
    public var exitStatus: ExitStatus { .abort }
    /// What happened.
    public var description: String { "The plan was aborted" }
}

/// The plan is to end at once, without any clean-up. Every further message throws it again.
public struct PlanHalt: Error, CustomStringConvertible {
    /// The error.
    public init() {}
    /// What happened.
    public var description: String { "The plan was halted" }
}

/// A pause was asked for where none is possible, so the plan is to clean up and end.
public struct FailedPause: Error, CustomStringConvertible {
    /// The error.
    public init() {}
    /// What happened.
    public var description: String {
        "The plan was asked to pause after 'clear_checkpoint', where it cannot be resumed, and was aborted instead"
    }
}
