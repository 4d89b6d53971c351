internal import Synchronization

/// Something that a device has begun and not yet finished: a move, an exposure.
///
/// A status ends once, with success or with an error; whatever comes later changes nothing. It may be used from any
/// thread.
public final class Status: Sendable {
    private enum Phase {
        static let pending: UInt8 = 0
        static let succeeded: UInt8 = 1
        static let failed: UInt8 = 2
    }

    private struct Shared {
        var error: (any Error)?
        var callbacks: [@Sendable (Status) -> Void] = []
        var watchers: [@Sendable (Progress) -> Void] = []
        var timer: Timer?
    }

    /// What the status is of, for example `motor1`; for progress bars and error texts.
    public let name: String?
    private let phase: Atomic<UInt8>
    private let shared: Mutex<Shared>

    /// A status that is not done.
    ///
    /// - Parameters:
    ///   - name: What it is of.
    ///   - timeout: After how many seconds it fails with ``StatusTimeout`` if it is not done by then.
    public init(name: String? = nil, timeout: Double? = nil) {
        self.name = name
        phase = Atomic(Phase.pending)
        shared = Mutex(Shared())
        guard let timeout else { return }
        let timer = Timer(after: timeout) { [weak self] in self?.fail(StatusTimeout(name: name, seconds: timeout)) }
        shared.withLock { $0.timer = timer }
    }

    private init(succeeded: ()) {
        name = nil
        phase = Atomic(Phase.succeeded)
        shared = Mutex(Shared())
    }

    /// A status that is done, with success: for what takes no time. All share one object.
    public static let finished = Status(succeeded: ())

    /// A status that has failed.
    public static func failed(_ error: any Error, name: String? = nil) -> Status {
        let status = Status(name: name)
        status.fail(error)
        return status
    }

    // MARK: What is known

    /// Whether it has ended, either way.
    public var isDone: Bool { phase.load(ordering: .acquiring) != Phase.pending }

    /// Whether it has ended well.
    public var isSuccessful: Bool { phase.load(ordering: .acquiring) == Phase.succeeded }

    /// Why it failed, if it did.
    public var error: (any Error)? { shared.withLock { $0.error } }

    // MARK: The end

    /// Ends it well. Returns false if it had ended before.
    @discardableResult
    public func finish() -> Bool { end(nil) }

    /// Ends it with an error. Returns false if it had ended before.
    @discardableResult
    public func fail(_ error: any Error) -> Bool { end(error) }

    private func end(_ error: (any Error)?) -> Bool {
        let left = shared.withLock { shared -> Shared? in
            guard !isDone else { return nil }
            let left = shared
            shared = Shared(error: error)
            phase.store(error == nil ? Phase.succeeded : Phase.failed, ordering: .releasing)
            return left
        }
        guard let left else { return false }
        left.timer?.cancel()
        for watcher in left.watchers { watcher(Progress(name: name, fraction: 0)) }
        for callback in left.callbacks { callback(self) }
        return true
    }

    // MARK: Listening

    /// Calls `callback` once when the status ends, from the thread that ends it; at once if it has ended already.
    public func addCallback(_ callback: @escaping @Sendable (Status) -> Void) {
        let isPending = shared.withLock { shared in
            guard !isDone else { return false }
            shared.callbacks.append(callback)
            return true
        }
        if !isPending { callback(self) }
    }

    /// Calls `watcher` with each progress that is reported until the status ends.
    public func watch(_ watcher: @escaping @Sendable (Progress) -> Void) {
        shared.withLock { shared in
            if !isDone { shared.watchers.append(watcher) }
        }
    }

    /// Tells the watchers how far it is.
    public func report(_ progress: Progress) {
        let watchers = shared.withLock { $0.watchers }
        for watcher in watchers { watcher(progress) }
    }

    /// Returns when the status has ended.
    ///
    /// - Throws: the error it failed with.
    public func wait() async throws {
        await withCheckedContinuation { continuation in addCallback { _ in continuation.resume() } }
        if let error { throw error }
    }
}

/// A status that was not done in time.
public struct StatusTimeout: Error, Hashable, CustomStringConvertible {
    /// What the status was of.
    public let name: String?
    /// How long it was given, in seconds.
    public let seconds: Double

    /// Something was not done in so many seconds.
    public init(name: String?, seconds: Double) {
        self.name = name
        self.seconds = seconds
    }

    /// What was not done, and how long it was given.
    public var description: String { "\(name ?? "The action") was not done within \(seconds) s" }
}
