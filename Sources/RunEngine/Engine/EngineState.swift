/// What the engine is doing. The names are those that clients know.
public enum EngineState: String, Sendable, Hashable, CaseIterable {
    /// Ready for a plan.
    case idle
    /// A plan is being carried out.
    case running
    /// A pause was asked for and devices are being brought to rest.
    case pausing
    /// A plan waits to be resumed or ended.
    case paused
    /// A suspender is about to hold the plan.
    case suspending
    /// The plan was asked to end and is cleaning up.
    case stopping
    /// The plan was asked to abort and is cleaning up.
    case aborting
    /// The plan was asked to end at once.
    case halting
    /// The engine cannot go on; its process must be started anew.
    case panicked

    /// Whether the engine may go from this state to `next`.
    public func allows(_ next: EngineState) -> Bool { successors.contains(next) }

    private var successors: [EngineState] {
        switch self {
        case .idle: [.running, .panicked]
        case .running: [.idle, .pausing, .halting, .stopping, .aborting, .suspending, .panicked]
        case .pausing: [.paused, .idle, .halting, .aborting, .panicked]
        case .suspending: [.running, .halting, .aborting, .panicked]
        case .paused: [.idle, .running, .halting, .stopping, .aborting, .panicked]
        case .stopping, .aborting: [.idle, .halting, .panicked]
        case .halting: [.idle, .panicked]
        case .panicked: []
        }
    }
}

/// The engine was asked for something that it does not do in its present state.
public struct TransitionError: Error, Hashable, CustomStringConvertible {
    /// What was asked and why it is refused.
    public let description: String

    init(_ description: String) { self.description = description }

    static let panicked = TransitionError(
        "The RunEngine is panicked and cannot be recovered. Close the environment and open it again."
    )
}
