public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A device that does not do what it is asked to, for trying out what becomes of a plan then.
public final class FaultyDevice: Movable, Readable, Triggerable, Stageable, Stoppable, Pausable, Flyable,
    EventCollectable
{
    /// What a device can be asked to do.
    public enum Action: String, Sendable, CaseIterable {
        case read, set, trigger, stage, unstage, stop, pause, resume, kickoff, complete, collect
    }

    /// What it does instead.
    public enum Fault: String, Sendable, CaseIterable {
        /// Refuses with an error.
        case refuse
        /// Does not answer, for ever.
        case hang
        /// Begins, and fails a little later. Only for what takes time: `set`, `trigger`, `stage`, `unstage`,
        /// `kickoff`, `complete`.
        case fail
        /// Begins and never ends; a stop ends it, unless that is faulty too. Only for what takes time.
        case stall
    }

    /// The name, which is also its data key.
    public let name: String
    private let faults: [Action: Fault]
    private let delay: Double
    private let state = Mutex<(value: JSONValue, pending: [Status])>((0, []))

    /// A device with these faults; all else it does at once.
    ///
    /// - Parameter delay: After how many seconds something fails that has begun.
    public init(_ name: String, faults: [Action: Fault], delay: Double = 0) {
        self.name = name
        self.faults = faults
        self.delay = delay
    }

    /// Its value.
    public var hints: Hints? { Hints(fields: [name]) }

    /// Does something that is over when it returns.
    private func act(_ action: Action) async throws {
        switch faults[action] {
        case .hang: await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
        case nil: break
        case .refuse, .fail, .stall: throw DeviceError(self, "it is faulty and does not \(action.rawValue)")
        }
    }

    /// Begins something that takes time.
    private func begin(_ action: Action) async throws -> Status {
        switch faults[action] {
        case nil: return .finished
        case .refuse, .hang:
            try await act(action)
            return .finished
        case .fail:
            let status = Status(name: name)
            let error = DeviceError(self, "it is faulty and does not \(action.rawValue)")
            _ = Timer(after: delay) { status.fail(error) }
            return status
        case .stall:
            let status = Status(name: name)
            state.withLock { $0.pending.append(status) }
            return status
        }
    }

    /// The last setpoint.
    public func read() async throws -> Readings {
        try await act(.read)
        return [name: Reading(state.withLock { $0.value })]
    }

    /// A number.
    public func describe() async throws -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }

    /// Takes any value.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        let status = try await begin(.set)
        if status.isSuccessful { state.withLock { $0.value = setpoint } }
        return status
    }

    /// Does nothing.
    public func trigger() async throws -> Status { try await begin(.trigger) }

    /// Does nothing.
    public func kickoff() async throws -> Status { try await begin(.kickoff) }

    /// Does nothing.
    public func complete() async throws -> Status { try await begin(.complete) }

    /// A stream of one number.
    public func describeCollect() async throws -> CollectedKeys { .streams([name: try await describe()]) }

    /// The last setpoint.
    public func collect() async throws -> [Readings] {
        try await act(.collect)
        return [[name: Reading(state.withLock { $0.value })]]
    }

    /// Does nothing.
    public func stage() async throws -> Staging { .pending(try await begin(.stage)) }

    /// Does nothing.
    public func unstage() async throws -> Staging { .pending(try await begin(.unstage)) }

    /// Ends what is under way.
    public func stop(success: Bool) async throws {
        try await act(.stop)
        let pending = state.withLock { state in
            defer { state.pending = [] }
            return state.pending
        }
        for status in pending {
            if success { status.finish() } else { status.fail(DeviceError(self, "it was stopped")) }
        }
    }

    /// Does nothing.
    public func pause() async throws { try await act(.pause) }

    /// Does nothing.
    public func resume() async throws { try await act(.resume) }
}
