public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A single simulated value that can be read, set and triggered.
public final class SimulatedSignal: PartDevice, Configurable, Movable, Triggerable, Subscribable, TimeEstimating {
    /// What makes one kind of signal differ from another.
    struct Behaviour: Sendable {
        /// The class in the catalogue.
        var deviceClass = DeviceClass(module: "ophyd.signal", name: "Signal")
        var precision: Int?
        /// Whether the value is worth showing.
        var isHinted = true
        /// For an enumeration: what the value may be.
        var choices: [String]?
        /// Gives a new value when the signal is triggered.
        var evaluate: (@Sendable () async throws -> JSONValue)?
        /// How long a trigger takes, in seconds.
        var exposureTime = 0.0
        /// Gives the present reading, for a signal that has no value of its own.
        var source: (@Sendable () -> Reading)?
        /// Carries out `set`, for a signal that has no value of its own.
        var target: (@Sendable (JSONValue) throws -> Status)?
        var isReadOnly = false
        /// Who wants to know of changes of a signal that has no value of its own.
        var subscribers: Subscribers?
    }

    /// The name, which is also the data key.
    public let name: String
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let behaviour: Behaviour
    private let state: Mutex<Reading>
    private let isEvaluated = Atomic<Bool>(false)
    private let subscribers: Subscribers

    /// A signal that holds this value until it is set to another.
    public convenience init(_ name: String, value: JSONValue) {
        self.init(name, value: value, Behaviour())
    }

    init(_ name: String, value: JSONValue, _ behaviour: Behaviour) {
        self.name = name
        self.behaviour = behaviour
        subscribers = behaviour.subscribers ?? Subscribers()
        state = Mutex(Reading(value))
    }

    /// The signal itself, if its value is worth showing.
    public var hints: Hints? { Hints(fields: behaviour.isHinted ? [name] : []) }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { behaviour.deviceClass }

    /// The present value.
    public var value: JSONValue { reading.value }

    private var reading: Reading { behaviour.source?() ?? state.withLock { $0 } }

    private func put(_ value: JSONValue) {
        isEvaluated.store(true, ordering: .releasing)
        let reading = Reading(value)
        state.withLock { $0 = reading }
        subscribers.tell([name: reading])
    }

    /// A signal that works its value out has one before it is triggered for the first time.
    private func evaluateOnce() async throws {
        guard let evaluate = behaviour.evaluate, !isEvaluated.load(ordering: .acquiring) else { return }
        put(try await evaluate())
    }

    // MARK: Reading

    /// The present value under the name of the signal.
    public func read() async throws -> Readings {
        try await evaluateOnce()
        return [name: reading]
    }

    /// The type of the present value.
    public func describe() async throws -> DataKeys {
        try await evaluateOnce()
        var key = DataKey(source: "SIM:\(name)", describing: value, precision: behaviour.precision)
        if let choices = behaviour.choices {
            key.dtype = .integer
            key.additional["enum_strs"] = JSONValue(choices)
        }
        return [name: key]
    }

    /// The same as ``read()``.
    public func readConfiguration() async throws -> Readings { try await read() }

    /// The same as ``describe()``.
    public func describeConfiguration() async throws -> DataKeys { try await describe() }

    /// Tells each new value; at once the present one, if the signal has ever been set or triggered.
    public func subscribe(_ callback: @escaping @Sendable (Readings) -> Void) async throws -> Subscription {
        let subscription = subscribers.add { [weak self] _ in
            guard let self else { return }
            callback([name: reading])
        }
        if isEvaluated.load(ordering: .acquiring) { callback([name: reading]) }
        return subscription
    }

    // MARK: Acting

    /// Takes the value over at once.
    ///
    /// - Throws: `DeviceError` if the signal can only be read, or the value is not one of an enumeration.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        if behaviour.isReadOnly { throw DeviceError(self, "it can only be read") }
        if let target = behaviour.target { return try target(setpoint) }
        put(try accepted(setpoint))
        return .finished
    }

    /// An enumeration takes a text or its place in the list, from 0, and holds the text.
    private func accepted(_ setpoint: JSONValue) throws -> JSONValue {
        guard let choices = behaviour.choices else { return setpoint }
        if let text = setpoint.string, choices.contains(text) { return setpoint }
        if let index = setpoint.integer, choices.indices.contains(index) { return .string(choices[index]) }
        throw DeviceError(self, "\(setpoint.encodedText) is none of \(choices.joined(separator: ", "))")
    }

    /// The exposure; a new value takes no time.
    public func estimatedDuration(of action: PlannedAction) async -> Double? {
        if case .trigger = action { behaviour.exposureTime } else { 0 }
    }

    /// Works out a new value; takes as long as the exposure.
    public func trigger() async throws -> Status {
        guard let evaluate = behaviour.evaluate else { return .finished }
        guard behaviour.exposureTime > 0 else {
            put(try await evaluate())
            return .finished
        }
        let status = Status(name: name)
        _ = Timer(after: behaviour.exposureTime) { [weak self] in
            Task {
                do {
                    let value = try await evaluate()
                    self?.put(value)
                    status.finish()
                } catch {
                    status.fail(error)
                }
            }
        }
        return status
    }
}
