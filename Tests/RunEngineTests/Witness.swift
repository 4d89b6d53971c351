import Devices
import EngineTestSupport
import EventModel
import RunEngine
import Synchronization
import Wire

/// A device that can do everything, writes down what happens to it, and may do some of it badly.
final class Witness: Movable, Readable, Triggerable, Stageable, Stoppable, Pausable, Subscribable, Flyable,
    EventCollectable
{
    /// What a device can be asked to do.
    enum Action: String, CaseIterable, Sendable, CustomStringConvertible {
        case set, read, describe, trigger, stage, unstage, stop, pause, resume, subscribe, kickoff, complete, collect

        var description: String { rawValue }

        /// Whether it takes time, so that it can begin and not end well.
        var takesTime: Bool {
            switch self {
            case .set, .trigger, .stage, .unstage, .kickoff, .complete: true
            default: false
            }
        }
    }

    /// What goes wrong, and how often it goes well before that.
    struct Trouble: Sendable, CustomStringConvertible {
        let fault: FaultyDevice.Fault
        var patience: Int

        var description: String { "\(fault) after \(patience)" }
    }

    /// The name of a status that ends only when the device is stopped.
    static let stalled = "stalled"

    private struct State {
        var troubles: [Action: Trouble]
        var stalled: [Status] = []
    }

    let name: String
    /// What it has begun to do, and what it was asked to end: `set`, `stop`, `stage`, `unstage`, … ; besides `listen` and
    /// `unlisten`, and `hangs` and `answers`.
    let log = Log<String>()
    private let state: Mutex<State>
    private let subscribers = Subscribers()
    /// Held by all that hangs.
    private let gate = Status()
    private let onHang: @Sendable (Action) -> Void

    /// A device with these troubles.
    ///
    /// - Parameter onHang: Called when somebody begins to wait for an answer that does not come.
    init(_ name: String, troubles: [Action: Trouble] = [:], onHang: @escaping @Sendable (Action) -> Void = { _ in }) {
        self.name = name
        self.onHang = onHang
        state = Mutex(State(troubles: troubles))
    }

    /// Lets everything that hangs be answered after all.
    func answer() { gate.finish() }

    /// Tells everybody who listens.
    func change() { subscribers.tell([name: Reading(1)]) }

    /// Whether all that was begun was ended after that.
    static func isAtRest(_ log: [String]) -> Bool {
        func isEnded(_ begun: String, by end: String) -> Bool {
            log.lastIndex(of: begun).map { log[$0...].contains(end) } ?? true
        }
        func count(_ entry: String) -> Int { log.count { $0 == entry } }
        return isEnded("set", by: "stop") && isEnded("stage", by: "unstage") && count("listen") == count("unlisten")
    }

    /// Whether nothing hangs.
    static func hasAnswered(_ log: [String]) -> Bool {
        log.count { $0 == "hangs" } == log.count { $0 == "answers" }
    }

    private func fault(_ action: Action) -> FaultyDevice.Fault? {
        state.withLock { state in
            guard let trouble = state.troubles[action] else { return nil }
            if trouble.patience == 0 { return trouble.fault }
            state.troubles[action]?.patience -= 1
            return nil
        }
    }

    /// Does something. What takes time ends by itself only if there is no fault.
    @discardableResult
    private func act<Answer>(_ action: Action, _ answer: (Status) -> Answer) async throws -> Answer {
        let error = DeviceError(self, "it does not \(action.rawValue)")
        switch fault(action) {
        case nil: return answer(.finished)
        case .refuse: throw error
        case .hang:
            log.append("hangs")
            defer { log.append("answers") }
            onHang(action)
            try? await gate.wait()
            return answer(.finished)
        case .fail:
            return answer(
                .running(name) {
                    await Task.yield()
                    throw error
                }
            )
        case .stall:
            let status = Status(name: Self.stalled)
            state.withLock { $0.stalled.append(status) }
            return answer(status)
        }
    }

    /// Begins something that takes time.
    private func begin(_ action: Action) async throws -> Status {
        try await act(action) { status in
            log.append(action.rawValue)
            return status
        }
    }

    /// Does something that is over when it returns.
    private func finish(_ action: Action) async throws { try await act(action) { _ in } }

    // MARK: What plans ask for

    /// Arrives at 0 at once, and everywhere else a moment later.
    func set(_ setpoint: JSONValue) async throws -> Status {
        let status = try await begin(.set)
        return status.isDone && setpoint != 0 ? .running(name) { await Task.yield() } : status
    }

    func trigger() async throws -> Status { try await begin(.trigger) }
    func kickoff() async throws -> Status { try await begin(.kickoff) }
    func complete() async throws -> Status { try await begin(.complete) }
    func stage() async throws -> Staging { .pending(try await begin(.stage)) }

    func read() async throws -> Readings {
        try await finish(.read)
        return [name: Reading(1)]
    }

    func describe() async throws -> DataKeys {
        try await finish(.describe)
        return [name: DataKey(source: "SIM:\(name)", dtype: .integer)]
    }

    func describeCollect() -> CollectedKeys {
        let key = "\(name)_flight"
        return .streams([key: [key: DataKey(source: "SIM:\(name)", dtype: .integer)]])
    }

    func collect() async throws -> [Readings] {
        try await finish(.collect)
        return [["\(name)_flight": Reading(1)]]
    }

    func subscribe(_ callback: @escaping @Sendable (Readings) -> Void) async throws -> Subscription {
        try await act(.subscribe) { _ in
            log.append("listen")
            let subscription = subscribers.add(callback)
            return Subscription { [log] in
                subscription.cancel()
                log.append("unlisten")
            }
        }
    }

    // MARK: What the engine asks for, too

    func unstage() async throws -> Staging {
        log.append("unstage")
        return .pending(try await act(.unstage) { $0 })
    }

    func stop(success: Bool) async throws {
        log.append("stop")
        try await finish(.stop)
        let stalled = state.withLock { state in
            defer { state.stalled = [] }
            return state.stalled
        }
        for status in stalled { status.finish() }
    }

    func pause() async throws { try await finish(.pause) }
    func resume() async throws { try await finish(.resume) }
}

extension Witness.Trouble {
    /// Troubles of one device, maybe none.
    static func some(_ generator: inout SeededGenerator) -> [Witness.Action: Witness.Trouble] {
        var troubles: [Witness.Action: Witness.Trouble] = [:]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            guard let action = Witness.Action.allCases.randomElement(using: &generator) else { continue }
            let faults: [FaultyDevice.Fault] = action.takesTime ? FaultyDevice.Fault.allCases : [.refuse, .hang]
            guard let fault = faults.randomElement(using: &generator) else { continue }
            troubles[action] = Witness.Trouble(fault: fault, patience: .random(in: 0...2, using: &generator))
        }
        return troubles
    }
}
