internal import Dispatch
internal import Synchronization

/// Makes connections to a Redis server apart from the thread that needs them, and goes on trying until one is made.
final class RedisConnector: Sendable {
    private struct State: ~Copyable {
        var ready: RedisConnection?
        var failure: RedisFailure?
        var isTrying = false
    }

    private let address: RedisAddress
    private let state = Mutex(State())
    private let attempted = DispatchSemaphore(value: 0)
    private let queue = DispatchQueue(label: "redis connection")
    private static let interval = DispatchTimeInterval.milliseconds(500)

    private let name: String

    init(_ address: RedisAddress, name: String) {
        self.address = address
        self.name = name
    }

    /// Begins to connect, unless it is being done or has been.
    func begin() {
        let mustStart = state.withLock { state in
            guard !state.isTrying, state.ready == nil else { return false }
            state.isTrying = true
            state.failure = nil
            return true
        }
        if mustStart { queue.async { [weak self] in self?.attempt() } }
    }

    private func attempt() {
        var made: RedisConnection?
        var failure: RedisFailure?
        do throws(RedisFailure) {
            made = try RedisConnection.open(address, name: name)
        } catch let error {
            failure = error
        }
        state.withLock { state in
            swap(&state.ready, &made)
            state.failure = failure
            state.isTrying = failure != nil
        }
        attempted.signal()
        if failure != nil {
            queue.asyncAfter(deadline: .now() + RedisConnector.interval) { [weak self] in self?.attempt() }
        }
    }

    /// Hands out the connection that has been made.
    ///
    /// - Parameter limit: How long the first attempt is waited for, in milliseconds. If it has failed, nothing is
    ///   waited for.
    /// - Throws: Why there is none yet.
    func take(waiting limit: Int) throws(RedisFailure) -> RedisConnection {
        while attempted.wait(timeout: .now()) == .success {}
        if state.withLock({ $0.ready == nil && $0.failure == nil }) {
            _ = attempted.wait(timeout: .now() + .milliseconds(limit))
        }
        var taken: RedisConnection?
        let failure = state.withLock { state in
            swap(&state.ready, &taken)
            return state.failure
        }
        if let taken { return taken }
        throw failure ?? .silent("it is being connected to")
    }

    /// Why there is no connection; nil if there is one, or the first attempt is under way.
    var failure: RedisFailure? { state.withLock { $0.failure } }
}
