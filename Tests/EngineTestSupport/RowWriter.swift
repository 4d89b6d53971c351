package import EventModel
package import RunEngine
internal import Synchronization
internal import Wire

/// A detector that streams rows to a file: one row with each trigger, or as many as the test says while it flies.
package final class RowWriter: Readable, Triggerable, Flyable, Collectable, WritesStreamAssets {
    private struct State {
        var written = 0
        var collected = 0
        var completion: Status?
    }

    package let name: String
    private let resource: String
    private let state = Mutex(State())

    package init(_ name: String = "rows") {
        self.name = name
        resource = newUID()
    }

    /// Writes rows.
    package func write(_ count: Int) { state.withLock { $0.written += count } }

    /// Ends the flight.
    package func land() { state.withLock { $0.completion }?.finish() }

    package func trigger() -> Status {
        write(1)
        return .finished
    }

    package func read() -> Readings { [:] }
    package func describe() -> DataKeys { keys }
    package func describeCollect() -> CollectedKeys { .keys(keys) }

    private var keys: DataKeys {
        [name: DataKey(source: "SIM:\(name)", dtype: .array, shape: [2, 2], external: "STREAM:")]
    }

    package func kickoff() -> Status {
        state.withLock { $0.completion = Status(name: name) }
        return .finished
    }

    package func complete() -> Status { state.withLock { $0.completion } ?? .finished }
    package func streamIndex() -> Int { state.withLock { $0.written } }

    package func collectStreamAssets(upTo index: Int?) -> [Asset] {
        state.withLock { state in
            let end = min(index ?? state.written, state.written)
            guard end > state.collected else { return [] }
            defer { state.collected = end }
            let datum = StreamDatum(
                uid: "\(resource)/\(state.collected)",
                streamResource: resource,
                indices: state.collected..<end
            )
            let file = StreamResource(
                uid: resource,
                dataKey: name,
                mimetype: "application/x-hdf5",
                uri: "file://localhost/tmp/\(name).h5"
            )
            return (state.collected == 0 ? [.streamResource(file)] : []) + [.streamDatum(datum)]
        }
    }
}
