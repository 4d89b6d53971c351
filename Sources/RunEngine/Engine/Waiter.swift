internal import Synchronization

/// The one place where the task of a plan waits: for statuses, for time, or to be resumed.
///
/// It is woken once; what comes after that changes nothing.
final class Waiter: Sendable {
    enum Wake: Sendable {
        case done
        case timedOut
        case interrupted
    }

    private enum State {
        case idle
        case waiting(CheckedContinuation<Wake, Never>)
        case woken(Wake)
    }

    private let state = Mutex(State.idle)

    func wake(_ wake: Wake) {
        let continuation = state.withLock { state -> CheckedContinuation<Wake, Never>? in
            switch state {
            case .woken: return nil
            case .idle:
                state = .woken(wake)
                return nil
            case .waiting(let continuation):
                state = .woken(wake)
                return continuation
            }
        }
        continuation?.resume(returning: wake)
    }

    func wait() async -> Wake {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state -> Wake? in
                if case .woken(let wake) = state { return wake }
                state = .waiting(continuation)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
