package import EventModel
package import RunEngine
internal import Synchronization
package import Wire

/// A detector that counts its triggers, from 1, in no time.
package final class InstantDetector: Readable, Triggerable, Configurable, Stageable {
    package let name: String
    package let deviceClass = DeviceClass(module: "test", name: "FastDet")
    package var hints: Hints? { Hints(fields: [name]) }
    private let count = Atomic<Int>(0)

    package init(_ name: String = "det") { self.name = name }

    package func trigger() -> Status {
        count.add(1, ordering: .relaxed)
        return .finished
    }

    package func read() -> Readings { [name: Reading(.double(Double(count.load(ordering: .relaxed))))] }
    package func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    package func readConfiguration() -> Readings { [:] }
    package func describeConfiguration() -> DataKeys { [:] }
    package func stage() -> Staging { .done([self]) }
    package func unstage() -> Staging { .done([self]) }
}

/// A motor that arrives at once, and counts how often it was stopped.
package final class InstantMotor: PositionKeeping, Readable, Configurable, Stageable, Stoppable {
    private struct State {
        var position = 0.0
        var stops = 0
    }

    package let name: String
    package let deviceClass = DeviceClass(module: "test", name: "FastMotor")
    package var hints: Hints? { Hints(fields: [name]) }
    package var stops: Int { state.withLock { $0.stops } }
    package var position: Double { state.withLock { $0.position } }
    private let state = Mutex(State())

    package init(_ name: String, at position: Double = 0) {
        self.name = name
        state.withLock { $0.position = position }
    }

    package var positionSetpoint: JSONValue { .double(position) }

    package func set(_ setpoint: JSONValue) throws -> Status {
        guard let position = setpoint.number else { throw DeviceError(self, "no number") }
        state.withLock { $0.position = position }
        return .finished
    }

    package func read() -> Readings { [name: Reading(.double(position))] }
    package func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    package func readConfiguration() -> Readings { [:] }
    package func describeConfiguration() -> DataKeys { [:] }
    package func stop(success: Bool) { state.withLock { $0.stops += 1 } }
    package func stage() -> Staging { .done([self]) }
    package func unstage() -> Staging { .done([self]) }
}
