/// What the engine is doing and what it has been asked to do: the decisions, without anything that happens.
///
/// Each method is one event. A request that the present state does not allow changes nothing and throws.
struct Lifecycle: Sendable {
    /// How somebody asked a plan to end.
    enum Ending: Sendable {
        case stop
        case abort
        case halt
    }

    /// What the task that carries out the plan has to do before it goes on.
    enum Duty: Sendable {
        case pause
        case suspend
        case end(Ending)
    }

    private(set) var state: EngineState = .idle
    /// Whether a pause is waiting for the next checkpoint.
    private(set) var isDeferredPauseRequested = false
    /// Whether the call was interrupted and has not been resumed since.
    private(set) var isInterrupted = false
    /// How somebody asked the present plan to end.
    private(set) var ending: Ending?
    /// The reason given with an abort.
    private(set) var reason = ""
    private var isEndingDelivered = false
    private var isResumeRequested = false
    /// The changes of state that have not been told to the observer.
    private(set) var changes: [StateChange] = []

    // MARK: The call

    mutating func begin() throws(TransitionError) {
        switch state {
        case .idle: break
        case .panicked: throw .panicked
        default: throw TransitionError("The RunEngine is in a \(state.rawValue) state")
        }
        isDeferredPauseRequested = false
        isInterrupted = false
        ending = nil
        isEndingDelivered = false
        isResumeRequested = false
        reason = ""
        try move(to: .running)
    }

    mutating func finish() {
        // Every state that a call can be in leads to idle, except suspending, which leads there by way of running.
        if state == .suspending { try? move(to: .running) }
        try? move(to: .idle)
    }

    mutating func panic() {
        try? move(to: .panicked)
    }

    // MARK: Requests

    mutating func requestPause(deferred: Bool) throws(TransitionError) {
        guard state != .panicked else { throw .panicked }
        guard state == .running else {
            throw TransitionError("Run Engine is in '\(state.rawValue)' state and can not be paused.")
        }
        if deferred {
            isDeferredPauseRequested = true
            return
        }
        isDeferredPauseRequested = false
        isInterrupted = true
        try move(to: .pausing)
    }

    mutating func requestSuspension() throws(TransitionError) { try move(to: .suspending) }

    mutating func requestResume() throws(TransitionError) {
        guard state != .panicked else { throw .panicked }
        guard state == .paused else {
            throw TransitionError(
                "The RunEngine is the \(state.rawValue) state. You can only resume for the paused state."
            )
        }
        guard !isResumeRequested else { throw TransitionError("The RunEngine is being resumed already.") }
        isResumeRequested = true
    }

    mutating func requestEnd(_ ending: Ending, reason: String = "") throws(TransitionError) {
        guard state != .panicked else { throw .panicked }
        guard state != .idle else { throw TransitionError("RunEngine is already idle.") }
        let target: EngineState =
            switch ending {
            case .stop: .stopping
            case .abort: .aborting
            case .halt: .halting
            }
        try move(to: target)
        self.ending = ending
        self.reason = reason
        isInterrupted = true
        isResumeRequested = false
    }

    // MARK: What the plan's task reports

    /// What has to be done before the plan goes on, if anything. The end is told once, but a halt every time.
    mutating func takeDuty() -> Duty? {
        if let ending, ending == .halt || !isEndingDelivered {
            isEndingDelivered = true
            return .end(ending)
        }
        switch state {
        case .pausing: return .pause
        case .suspending: return .suspend
        default: return nil
        }
    }

    /// Whether something would be returned by ``takeDuty()``, so that the plan's task must not wait.
    var hasDuty: Bool {
        if let ending, ending == .halt || !isEndingDelivered { return true }
        return state == .pausing || state == .suspending
    }

    /// The devices are at rest. Returns false if the plan was asked to end meanwhile.
    mutating func pauseTaken() -> Bool {
        guard state == .pausing else { return false }
        try? move(to: .paused)
        return true
    }

    /// The plan is held from here on.
    mutating func suspensionTaken() {
        if state == .suspending { try? move(to: .running) }
    }

    /// The plan cannot be held, so it has to end.
    mutating func suspensionFailed() {
        guard state == .suspending else { return }
        isInterrupted = true
        try? move(to: .aborting)
    }

    /// The plan cannot be paused, so it has to end.
    mutating func pauseFailed() {
        guard state == .pausing else { return }
        try? move(to: .aborting)
    }

    /// Whether the paused plan is to go on.
    var isResuming: Bool { state == .paused && isResumeRequested }

    /// The devices are ready again. Returns false if the plan was asked to end meanwhile.
    mutating func resumeTaken() -> Bool {
        guard isResuming else { return false }
        isResumeRequested = false
        isInterrupted = false
        try? move(to: .running)
        return true
    }

    /// A device could not be resumed, so the plan stays paused.
    mutating func resumeFailed() { isResumeRequested = false }

    // MARK: Transitions

    private mutating func move(to next: EngineState) throws(TransitionError) {
        guard state.allows(next) else {
            throw TransitionError("Cannot transit from '\(state.rawValue)' to '\(next.rawValue)'.")
        }
        changes.append(StateChange(new: next, old: state))
        state = next
    }

    mutating func takeChange() -> StateChange? { changes.isEmpty ? nil : changes.removeFirst() }
}

/// A change of the engine's state.
struct StateChange: Sendable, Hashable {
    let new: EngineState
    let old: EngineState
}
