import EventModel
import RunEngine
import Synchronization
import Wire

/// A detector that counts its triggers, in no time.
final class FastDetector: Readable, Triggerable {
    let name = "det"
    var hints: Hints? { Hints(fields: ["det"]) }
    private let count = Atomic<Int>(0)

    func trigger() -> Status {
        count.add(1, ordering: .relaxed)
        return .finished
    }

    func read() -> Readings { ["det": Reading(.double(Double(count.load(ordering: .relaxed))))] }
    func describe() -> DataKeys { ["det": DataKey(source: "SIM:det", dtype: .number)] }
}

/// A motor that arrives at once.
final class FastMotor: Movable, Readable, Stoppable {
    let name: String
    var hints: Hints? { Hints(fields: [name]) }
    private let position = Mutex(JSONValue.double(0))

    init(_ name: String) { self.name = name }

    func set(_ setpoint: JSONValue) -> Status {
        position.withLock { $0 = setpoint }
        return .finished
    }

    func read() -> Readings { [name: Reading(position.withLock { $0 })] }
    func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    func stop(success: Bool) {}
}

/// Counts events.
final class EventCounter: DocumentSink {
    let events = Atomic<Int>(0)

    func receive(_ document: Document) {
        if case .event = document { events.add(1, ordering: .relaxed) }
    }
}
