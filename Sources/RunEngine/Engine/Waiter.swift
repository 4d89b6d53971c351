internal import Synchronization

/// The one place where the task of a plan waits: for statuses, for time, or to be resumed.
///
/// It is woken once; what comes after that changes nothing. Before that it may be called away any number of times.
final class Waiter: Sendable {
    enum Wake: Sendable {
        case done
        case timedOut
        case interrupted
        /// Something is to be done meanwhile; the wait is not over.
        case calledAway
    }

    private enum State {
        case idle
        /// Called away before it began to wait.
        case called
        case waiting(CheckedContinuation<Wake, Never>)
        case woken(Wake)
    }

    private let state = Mutex(State.idle)

    func wake(_ wake: Wake) {
        let continuation = state.withLock { state -> CheckedContinuation<Wake, Never>? in
            switch state {
            case .woken: return nil
            case .idle, .called:
                state = wake == .calledAway ? .called : .woken(wake)
                return nil
            case .waiting(let continuation):
                state = wake == .calledAway ? .idle : .woken(wake)
                return continuation
            }
        }
        continuation?.resume(returning: wake)
    }

    func wait() async -> Wake {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state -> Wake? in
                switch state {
                case .woken(let wake): return wake
                case .called:
                    state = .idle
                    return .calledAway
                case .idle, .waiting:
                    state = .waiting(continuation)
                    return nil
                }
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
