internal import Synchronization

/// What the task of a plan and everybody else share: the life cycle, failures of devices, and the waiter to wake.
final class EngineControl: Sendable {
    /// What the task of the plan has to do before it goes on.
    enum Duty: Sendable {
        case pause
        case suspend([Suspension])
        case record([MonitorReading])
        case raise(any Error)
    }

    private struct Shared {
        var lifecycle = Lifecycle()
        var failure: FailedStatus?
        /// What monitors have heard and nobody has recorded yet.
        var heard: [MonitorReading] = []
        var suspensions: [Suspension] = []
        var waiter: Waiter?
        /// Failures of devices count for this call only, and only until its clean-up begins.
        var openCall: UInt64?
        var callCount: UInt64 = 0
        var isNotifying = false
    }

    /// Whether there may be a duty. The one thing that is looked at for each message.
    let attention = Atomic<Bool>(false)
    private let deferredPause = Atomic<Bool>(false)
    private let shared = Mutex(Shared())
    private let observer: StateObserver?

    init(observer: StateObserver?) { self.observer = observer }

    /// Changes the shared state, then lets everybody know.
    private func update<Result: Sendable>(
        _ change: (inout Shared) throws(TransitionError) -> Result
    ) throws(TransitionError) -> Result {
        defer { notify() }
        return try shared.withLock { shared throws(TransitionError) in
            let result = try change(&shared)
            let hasDuty = shared.lifecycle.hasDuty || shared.failure != nil || !shared.heard.isEmpty
            attention.store(hasDuty, ordering: .releasing)
            deferredPause.store(shared.lifecycle.isDeferredPauseRequested, ordering: .releasing)
            return result
        }
    }

    /// Tells the observer of changes, in order and outside the lock. If somebody is telling already, they go on.
    private func notify() {
        while let change = nextChange() {
            observer?(change.new, change.old)
            shared.withLock { $0.isNotifying = false }
        }
    }

    private func nextChange() -> StateChange? {
        shared.withLock { shared in
            guard !shared.isNotifying, let change = shared.lifecycle.takeChange() else { return nil }
            shared.isNotifying = true
            return change
        }
    }

    // MARK: What anybody may ask

    var state: EngineState { shared.withLock { $0.lifecycle.state } }
    var isDeferredPauseRequested: Bool { deferredPause.load(ordering: .acquiring) }
    var isInterrupted: Bool { shared.withLock { $0.lifecycle.isInterrupted } }
    var ending: Lifecycle.Ending? { shared.withLock { $0.lifecycle.ending } }
    /// Whether the plan, or the engine after it, is cleaning up because the call is to end.
    var isEnding: Bool { shared.withLock { $0.lifecycle.ending != nil || $0.openCall == nil } }
    /// Whether the engine is cleaning up after this call, or has done so.
    func isCleaningUp(after call: UInt64) -> Bool { shared.withLock { $0.openCall != call } }
    var reason: String { shared.withLock { $0.lifecycle.reason } }

    func requestPause(deferred: Bool) throws(TransitionError) {
        try update { shared throws(TransitionError) in
            try shared.lifecycle.requestPause(deferred: deferred)
            if !deferred { shared.waiter?.wake(.interrupted) }
        }
    }

    func requestResume() throws(TransitionError) {
        try update { shared throws(TransitionError) in
            try shared.lifecycle.requestResume()
            shared.waiter?.wake(.done)
        }
    }

    func requestEnd(_ ending: Lifecycle.Ending, reason: String = "") throws(TransitionError) {
        try update { shared throws(TransitionError) in
            try shared.lifecycle.requestEnd(ending, reason: reason)
            shared.waiter?.wake(.interrupted)
        }
    }

    /// Holds the plan that is running. Does nothing while none is.
    func requestSuspension(_ suspension: Suspension) {
        try? update { shared in
            switch shared.lifecycle.state {
            case .running:
                try? shared.lifecycle.requestSuspension()
                shared.suspensions = [suspension]
                shared.waiter?.wake(.interrupted)
            case .suspending: shared.suspensions.append(suspension)
            default: break
            }
        }
    }

    /// A monitor has heard something. The task of the plan records it as soon as it can.
    func hear(_ reading: MonitorReading) {
        try? update { shared in
            guard shared.openCall != nil else { return }
            shared.heard.append(reading)
            shared.waiter?.wake(.calledAway)
        }
    }

    func panic() {
        try? update { $0.lifecycle.panic() }
    }

    // MARK: The call

    /// Returns the number of the call, by which later failures of its devices are known.
    func begin() throws(TransitionError) -> UInt64 {
        try update { shared throws(TransitionError) in
            try shared.lifecycle.begin()
            shared.callCount &+= 1
            shared.openCall = shared.callCount
            shared.failure = nil
            shared.heard = []
            shared.suspensions = []
            return shared.callCount
        }
    }

    /// From here on failures of devices no longer count.
    func pardonFailures() {
        try? update { shared in
            shared.openCall = nil
            shared.failure = nil
        }
    }

    func finish() {
        try? update { $0.lifecycle.finish() }
    }

    // MARK: Duties of the plan's task

    /// What to do next, if anything. A request counts more than the failure of a device, which it replaces.
    func takeDuty() -> Duty? {
        try? update { shared in
            if !shared.heard.isEmpty {
                defer { shared.heard = [] }
                return .record(shared.heard)
            }
            switch shared.lifecycle.takeDuty() {
            case .pause: return .pause
            case .suspend:
                defer { shared.suspensions = [] }
                return .suspend(shared.suspensions)
            case .end(let ending):
                shared.failure = nil
                return .raise(ending.error)
            case nil:
                defer { shared.failure = nil }
                return shared.failure.map { .raise($0) }
            }
        }
    }

    func statusFailed(_ failure: FailedStatus, call: UInt64) {
        try? update { shared in
            if shared.openCall == call { shared.failure = failure }
        }
    }

    /// Takes what monitors have heard.
    func takeHeard() -> [MonitorReading] {
        (try? update { shared in
            defer { shared.heard = [] }
            return shared.heard
        }) ?? []
    }

    func suspensionTaken() { try? update { $0.lifecycle.suspensionTaken() } }
    func suspensionFailed() { try? update { $0.lifecycle.suspensionFailed() } }
    func pauseTaken() -> Bool { (try? update { $0.lifecycle.pauseTaken() }) ?? false }
    func pauseFailed() { try? update { $0.lifecycle.pauseFailed() } }
    func resumeTaken() -> Bool { (try? update { $0.lifecycle.resumeTaken() }) ?? false }
    func resumeFailed() { try? update { $0.lifecycle.resumeFailed() } }

    // MARK: Waiting

    /// Waits until the waiter is woken, until somebody interrupts, or until a monitor has heard something; not at all if
    /// that has happened already.
    ///
    /// - Parameter listening: Whether what monitors have heard before ends the wait.
    func wait(for waiter: Waiter, listening: Bool = true) async -> Waiter.Wake {
        let early = shared.withLock { shared -> Waiter.Wake? in
            if shared.lifecycle.hasDuty { return .interrupted }
            if listening, !shared.heard.isEmpty { return .calledAway }
            shared.waiter = waiter
            return nil
        }
        if let early { return early }
        let wake = await waiter.wait()
        shared.withLock { $0.waiter = nil }
        return wake
    }

    /// Waits, paused, until the plan is to go on. Returns false if it is to end instead.
    func waitForResume() async -> Bool {
        let waiter = Waiter()
        let isPending = shared.withLock { shared in
            guard shared.lifecycle.state == .paused, !shared.lifecycle.isResuming else { return false }
            shared.waiter = waiter
            return true
        }
        if isPending {
            _ = await waiter.wait()
            shared.withLock { $0.waiter = nil }
        }
        return shared.withLock { $0.lifecycle.isResuming }
    }
}

extension Lifecycle.Ending {
    fileprivate var error: any Error {
        switch self {
        case .stop: RequestStop()
        case .abort: RequestAbort()
        case .halt: PlanHalt()
        }
    }
}
