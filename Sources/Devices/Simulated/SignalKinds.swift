internal import EventModel
internal import RunEngine
internal import Synchronization
internal import Wire

extension SimulatedSignal {
    /// A signal that is a setting of a device, or a plain value in it.
    static func setting(_ name: String, _ value: JSONValue, isHinted: Bool = false) -> SimulatedSignal {
        SimulatedSignal(name, value: value, Behaviour(isHinted: isHinted))
    }

    /// A signal that works out a new value each time it is triggered.
    static func computed(
        _ name: String,
        isHinted: Bool,
        precision: Int = 3,
        exposureTime: Double = 0,
        evaluate: (@Sendable () async throws -> JSONValue)?
    ) -> SimulatedSignal {
        SimulatedSignal(
            name,
            value: 0,
            Behaviour(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "SynSignal"),
                precision: precision,
                isHinted: isHinted,
                evaluate: evaluate,
                exposureTime: exposureTime
            )
        )
    }

    /// A signal whose value is one of some texts.
    static func enumeration(_ name: String, _ value: String, choices: [String]) -> SimulatedSignal {
        SimulatedSignal(
            name,
            value: .string(value),
            Behaviour(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "EnumSignal"),
                isHinted: false,
                choices: choices
            )
        )
    }

    /// A signal that always gives the same reading, with the time 0.
    static func invariant(_ name: String, _ value: JSONValue) -> SimulatedSignal {
        SimulatedSignal(
            name,
            value: value,
            Behaviour(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "InvariantSignal"),
                precision: 3,
                isHinted: false,
                source: { Reading(value, at: 0) }
            )
        )
    }

    /// A signal with a new random value from 0 to 1 each `period` seconds, and whenever it is triggered.
    static func periodic(_ name: String, period: Double, jitter: Double) -> SimulatedSignal {
        let noise = PeriodicNoise(period: period, jitter: jitter)
        return SimulatedSignal(
            name,
            value: 0,
            Behaviour(
                deviceClass: DeviceClass(module: "ophyd.sim", name: "SynPeriodicSignal"),
                precision: 3,
                isHinted: false,
                evaluate: { noise.renew().value },
                source: { noise.reading }
            )
        )
    }
}

/// A random value that changes by itself. Nobody sees it between two readings, so it changes when it is read.
private final class PeriodicNoise: Sendable {
    private struct State {
        var reading: Reading
        var nextChange: Timestamp
    }

    private let period: Double
    private let jitter: Double
    private let state: Mutex<State>

    init(period: Double, jitter: Double) {
        self.period = period
        self.jitter = jitter
        state = Mutex(State(reading: Reading(.double(.random(in: 0..<1))), nextChange: timestampNow()))
    }

    var reading: Reading {
        let isDue = state.withLock { timestampNow() >= $0.nextChange }
        return isDue ? renew() : state.withLock { $0.reading }
    }

    @discardableResult
    func renew() -> Reading {
        state.withLock { state in
            state.reading = Reading(.double(.random(in: 0..<1)))
            state.nextChange = state.reading.timestamp + max(0, period + jitter * .random(in: -1...1))
            return state.reading
        }
    }
}
