/// Does something once after some time, unless it is cancelled before.
public struct Timer: Sendable {
    /// Longer times are cut to this, some thirty years.
    private static let longest = 1e9

    private let task: Task<Void, Never>

    /// Calls `action` after `seconds`, on no particular thread. A negative time is none; what is no number, for ever.
    public init(after seconds: Double, _ action: @escaping @Sendable () -> Void) {
        let duration = Duration.seconds(seconds.isNaN ? Self.longest : min(max(seconds, 0), Self.longest))
        task = Task.detached {
            guard (try? await Task.sleep(for: duration)) != nil else { return }
            action()
        }
    }

    /// Forgets the action if it has not begun.
    public func cancel() { task.cancel() }
}
