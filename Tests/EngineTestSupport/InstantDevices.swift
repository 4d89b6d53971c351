public import EventModel
public import RunEngine
internal import Synchronization
public import Wire

/// A detector that counts its triggers, from 1, in no time.
public final class InstantDetector: Readable, Triggerable, Configurable, Stageable {
    public let name: String
    public let deviceClass = DeviceClass(module: "test", name: "FastDet")
    public var hints: Hints? { Hints(fields: [name]) }
    private let count = Atomic<Int>(0)

    public init(_ name: String = "det") { self.name = name }

    public func trigger() -> Status {
        count.add(1, ordering: .relaxed)
        return .finished
    }

    public func read() -> Readings { [name: Reading(.double(Double(count.load(ordering: .relaxed))))] }
    public func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    public func readConfiguration() -> Readings { [:] }
    public func describeConfiguration() -> DataKeys { [:] }
    public func stage() -> Staging { .done([self]) }
    public func unstage() -> Staging { .done([self]) }
}

/// A motor that arrives at once, and counts how often it was stopped.
public final class InstantMotor: Movable, Readable, Configurable, Stageable, Stoppable {
    private struct State {
        var position = 0.0
        var stops = 0
    }

    public let name: String
    public let deviceClass = DeviceClass(module: "test", name: "FastMotor")
    public var hints: Hints? { Hints(fields: [name]) }
    public var stops: Int { state.withLock { $0.stops } }
    public var position: Double { state.withLock { $0.position } }
    private let state = Mutex(State())

    public init(_ name: String) { self.name = name }

    public func set(_ setpoint: JSONValue) throws -> Status {
        guard let position = setpoint.number else { throw DeviceError(self, "no number") }
        state.withLock { $0.position = position }
        return .finished
    }

    public func read() -> Readings { [name: Reading(.double(position))] }
    public func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    public func readConfiguration() -> Readings { [:] }
    public func describeConfiguration() -> DataKeys { [:] }
    public func stop(success: Bool) { state.withLock { $0.stops += 1 } }
    public func stage() -> Staging { .done([self]) }
    public func unstage() -> Staging { .done([self]) }
}
