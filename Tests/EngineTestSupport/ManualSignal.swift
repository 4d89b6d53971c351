package import EventModel
package import RunEngine
internal import Synchronization
package import Wire

/// A signal whose value the test changes, with a setting called `gain`.
package final class ManualSignal: Subscribable, Reconfigurable {
    private struct State {
        var value: JSONValue
        var gain: JSONValue = 1
    }

    package let name: String
    package var hints: Hints? { Hints(fields: [name]) }
    private let state: Mutex<State>
    private let subscribers = Subscribers()

    package init(_ name: String = "signal", _ value: JSONValue = 0.0) {
        self.name = name
        state = Mutex(State(value: value))
    }

    /// Whether anybody listens.
    package var isHeard: Bool { !subscribers.isEmpty }

    /// Changes the value and tells everybody who listens.
    package func put(_ value: JSONValue) {
        state.withLock { $0.value = value }
        subscribers.tell([name: Reading(value)])
    }

    package func read() -> Readings { [name: Reading(state.withLock { $0.value })] }
    package func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .number)] }
    package func readConfiguration() -> Readings { ["\(name)_gain": Reading(state.withLock { $0.gain })] }

    package func describeConfiguration() -> DataKeys {
        ["\(name)_gain": DataKey(source: "SIM:\(name)_gain", dtype: .number)]
    }

    package func configure(_ settings: JSONObject) throws -> (old: Readings, new: Readings) {
        guard let gain = settings["gain"] else { throw DeviceError(self, "it has the setting 'gain'") }
        let old = readConfiguration()
        state.withLock { $0.gain = gain }
        return (old, readConfiguration())
    }

    package func subscribe(_ callback: @escaping @Sendable (Readings) -> Void) -> Subscription {
        subscribers.add(callback)
    }
}
