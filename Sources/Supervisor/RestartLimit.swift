/// Counts how often the manager had to be started again, and says when that is no accident any more which another
/// start would mend.
struct RestartLimit {
    /// How many restarts are allowed within ``window``.
    let count: Int
    /// The time that counts.
    static let window = Duration.seconds(60)

    private var restarts: [SuspendingClock.Instant] = []

    init(count: Int) { self.count = count }

    /// Whether one more restart is allowed at this time; if so it is counted.
    mutating func allowsRestart(at now: SuspendingClock.Instant) -> Bool {
        restarts.removeAll { $0.duration(to: now) >= RestartLimit.window }
        guard restarts.count < count else { return false }
        restarts.append(now)
        return true
    }
}
