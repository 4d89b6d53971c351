internal import Synchronization

/// Bytes that are made when they are first asked for and kept.
final class Rendering: Sendable {
    private enum State {
        case pending(@Sendable () -> [UInt8])
        case done([UInt8])
    }

    private let state: Mutex<State>

    init(_ render: @escaping @Sendable () -> [UInt8]) { state = Mutex(.pending(render)) }

    var bytes: [UInt8] {
        state.withLock { state in
            switch state {
            case .done(let bytes): return bytes
            case .pending(let render):
                let bytes = render()
                state = .done(bytes)
                return bytes
            }
        }
    }
}
