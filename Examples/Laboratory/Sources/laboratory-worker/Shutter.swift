import EventModel
import RunEngine
import Synchronization
import Wire

/// A beam shutter, which takes a moment to open or close. Here it is played; yours talks to hardware in `set`.
final class Shutter: Movable, Readable, Checkable, TimeEstimating {
    /// Where the shutter can be.
    enum Position: String, CaseIterable {
        case open, closed
    }

    let name: String
    private let travelTime: Double
    private let position = Mutex(Reading("closed"))

    /// A closed shutter.
    ///
    /// - Parameter travelTime: How long it takes to open or close, in seconds.
    init(_ name: String, travelTime: Double) {
        self.name = name
        self.travelTime = travelTime
    }

    func check(_ setpoint: JSONValue) throws {
        guard setpoint.string.flatMap(Position.init) != nil else {
            throw DeviceError(self, "a shutter is set to 'open' or 'closed', not to \(setpoint.pythonRepr)")
        }
    }

    func set(_ setpoint: JSONValue) throws -> Status {
        try check(setpoint)
        let status = Status(name: name, timeout: travelTime + 5)
        _ = Timer(after: travelTime) {
            self.position.withLock { $0 = Reading(setpoint) }
            status.finish()
        }
        return status
    }

    func estimatedDuration(of action: PlannedAction) -> Double? {
        if case .set = action { travelTime } else { nil }
    }

    func read() -> Readings { [name: position.withLock { $0 }] }

    func describe() -> DataKeys { [name: DataKey(source: "LAB:\(name)", dtype: .string)] }
}
