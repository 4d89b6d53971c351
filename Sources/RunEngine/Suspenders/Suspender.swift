internal import EventModel
internal import Synchronization
internal import Wire

/// Holds plans while a signal is not as it should be: the beam is off, a shutter is closed.
///
///     let beam = Suspender(ringCurrent, .below(50, resumeAbove: 90), sleep: 10)
///     try await engine.install(beam)
///
/// When it trips, the plan that is running is interrupted, its devices are stopped, and it waits. When the signal is
/// good again, and `sleep` seconds later, the plan goes back to its last checkpoint and goes on. A plan that is started
/// or resumed while a suspender is tripped waits first.
public final class Suspender: Sendable {
    private struct State {
        var isTripped = false
        var value = JSONValue.null
        /// Ends when plans may go on. Nil while nothing is held.
        var gate: Status?
        var timer: Timer?
        var subscription: Subscription?
        var onChange: (@Sendable () -> Void)?
    }

    /// The signal.
    public let signal: any Subscribable
    private let rule: SuspensionRule
    private let sleep: Double
    private let prePlan: Plan?
    private let postPlan: Plan?
    private let message: String
    private let state = Mutex(State())

    /// A suspender.
    ///
    /// - Parameters:
    ///   - signal: The signal to look at.
    ///   - rule: When plans are held and when they may go on.
    ///   - sleep: How many seconds the signal must have been good before they go on.
    ///   - prePlan: What to do before the wait, for example to close a shutter.
    ///   - postPlan: What to do after it.
    ///   - message: Further words for people, behind the reason.
    public init(
        _ signal: any Subscribable,
        _ rule: SuspensionRule,
        sleep: Double = 0,
        prePlan: Plan? = nil,
        postPlan: Plan? = nil,
        message: String = ""
    ) {
        self.signal = signal
        self.rule = rule
        self.sleep = sleep
        self.prePlan = prePlan
        self.postPlan = postPlan
        self.message = message
    }

    /// Whether the signal is not as it should be.
    public var isTripped: Bool { state.withLock { $0.isTripped } }

    /// Why plans are held; nil while they are not.
    public var justification: String? {
        let (isHeld, value) = state.withLock { ($0.gate != nil, $0.value) }
        guard isHeld else { return nil }
        let reason = rule.reason(signal.name, value)
        return message.isEmpty ? reason : "\(reason): \(message)"
    }

    /// What holds plans at present, if anything.
    var suspension: Suspension? {
        guard let gate = state.withLock({ $0.gate }) else { return nil }
        return Suspension(gate: gate, prePlan: prePlan, postPlan: postPlan, justification: justification ?? "suspended")
    }

    /// Begins to look at the signal, whose present value counts at once.
    ///
    /// - Parameters:
    ///   - trip: Called each time that plans are to be held.
    ///   - onChange: Called each time that ``justification`` becomes or ceases to be nil.
    func connect(
        _ trip: @escaping @Sendable (Suspension) -> Void,
        onChange: @escaping @Sendable () -> Void
    ) async throws {
        state.withLock { $0.onChange = onChange }
        let subscription = try await signal.subscribe { [weak self] readings in self?.look(at: readings, trip) }
        state.withLock { $0.subscription = subscription }
        look(at: try await signal.read(), trip)
    }

    /// Ends that, and lets a plan that is held go on.
    func disconnect() {
        let (gate, subscription) = state.withLock { state in
            defer { state = State() }
            state.timer?.cancel()
            return (state.gate, state.subscription)
        }
        subscription?.cancel()
        gate?.finish()
    }

    private func look(at readings: Readings, _ trip: (Suspension) -> Void) {
        var values = readings.makeIterator()
        guard let value = readings[signal.name]?.value ?? values.next()?.value.value else { return }
        let onChange = state.withLock { state -> (@Sendable () -> Void)? in
            state.value = value
            if rule.suspends(value) {
                state.isTripped = true
                state.timer?.cancel()
                state.timer = nil
                guard state.gate == nil else { return nil }
                state.gate = Status(name: signal.name)
                return state.onChange ?? {}
            }
            if state.isTripped, rule.resumes(value) {
                state.isTripped = false
                state.timer = Timer(after: sleep) { [weak self] in self?.release() }
            }
            return nil
        }
        guard let onChange else { return }
        onChange()
        if let suspension { trip(suspension) }
    }

    private func release() {
        let (gate, onChange) = state.withLock { state -> (Status?, (@Sendable () -> Void)?) in
            guard !state.isTripped, let gate = state.gate else { return (nil, nil) }
            state.gate = nil
            state.timer = nil
            return (gate, state.onChange)
        }
        onChange?()
        gate?.finish()
    }
}

/// One time that plans are held.
struct Suspension: Sendable {
    /// Ends when they may go on.
    let gate: Status
    let prePlan: Plan?
    let postPlan: Plan?
    let justification: String
}
