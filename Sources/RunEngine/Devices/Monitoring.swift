public import EventModel
internal import Synchronization

/// A device that tells of its changes.
public protocol Subscribable: Readable {
    /// Calls `callback` with the readings after each change, from any thread, until the subscription is cancelled. A
    /// device whose present readings are worth telling tells them at once.
    func subscribe(_ callback: @escaping @Sendable (Readings) -> Void) async throws -> Subscription
}

/// The connection to a device that tells of its changes. It ends when it is cancelled, and when it is let go.
public final class Subscription: Sendable {
    private let end: Mutex<(@Sendable () -> Void)?>

    /// A connection that is ended by `end`.
    public init(_ end: @escaping @Sendable () -> Void) { self.end = Mutex(end) }

    deinit { cancel() }

    /// Ends it.
    public func cancel() {
        let end = end.withLock { end in
            defer { end = nil }
            return end
        }
        end?()
    }
}

/// Those who want to know of the changes of a device: what a ``Subscribable`` device needs.
public final class Subscribers: Sendable {
    private struct State {
        var callbacks: [Int: @Sendable (Readings) -> Void] = [:]
        var count = 0
    }

    private let state = Mutex(State())

    /// Nobody.
    public init() {}

    /// Adds one.
    public func add(_ callback: @escaping @Sendable (Readings) -> Void) -> Subscription {
        let number = state.withLock { state in
            state.count += 1
            state.callbacks[state.count] = callback
            return state.count
        }
        return Subscription { [weak self] in self?.state.withLock { _ = $0.callbacks.removeValue(forKey: number) } }
    }

    /// Whether there is nobody.
    public var isEmpty: Bool { state.withLock { $0.callbacks.isEmpty } }

    /// Tells all of them.
    public func tell(_ readings: Readings) {
        let callbacks = state.withLock { state in
            state.callbacks.isEmpty ? [] : state.callbacks.sorted { $0.key < $1.key }.map(\.value)
        }
        for callback in callbacks { callback(readings) }
    }
}
