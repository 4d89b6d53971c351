package import EventModel
internal import Glibc
package import RunEngine
internal import Wire

/// A detector that sees a peak at 0.3 of a motor, in no time.
package final class InstantPeak: Readable, Triggerable, Configurable, Stageable {
    package let name: String
    package let deviceClass = DeviceClass(module: "test", name: "D2")
    package var hints: Hints? { Hints(fields: [name]) }
    private let motor: InstantMotor

    package init(_ name: String, of motor: InstantMotor) {
        self.name = name
        self.motor = motor
    }

    package func trigger() -> Status { .finished }

    package func read() -> Readings {
        let distance = motor.position - 0.3
        return [name: Reading(.double(exp(-distance * distance / 0.5)))]
    }

    package func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    package func readConfiguration() -> Readings { [:] }
    package func describeConfiguration() -> DataKeys { [:] }
    package func stage() -> Staging { .done([self]) }
    package func unstage() -> Staging { .done([self]) }
}
