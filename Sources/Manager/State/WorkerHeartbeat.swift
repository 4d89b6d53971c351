/// Notices that a worker does not answer, although its process lives: it is stopped, or its link's thread is blocked.
///
/// Whatever the worker says is a sign of life; when it has been silent for a while, it is asked for one.
struct WorkerHeartbeat {
    /// How long a worker may owe an answer.
    static let limit = Duration.seconds(5)
    /// How long it may be silent before it is asked.
    static let pause = Duration.seconds(1)

    enum Step: Equatable {
        case ask, becameSilent
    }

    private var lastHeard: SuspendingClock.Instant
    private var asked: SuspendingClock.Instant?
    private(set) var isSilent = false

    /// Begins with a worker that was heard at this time.
    init(at now: SuspendingClock.Instant) { lastHeard = now }

    /// The worker has said something. Returns whether it had been taken for silent.
    mutating func heard(at now: SuspendingClock.Instant) -> Bool {
        defer { isSilent = false }
        lastHeard = now
        asked = nil
        return isSilent
    }

    /// What to do now; to be asked for once a second or so, after everything that the worker has said was read.
    mutating func step(at now: SuspendingClock.Instant) -> Step? {
        guard let asked else {
            guard lastHeard.duration(to: now) >= WorkerHeartbeat.pause else { return nil }
            self.asked = now
            return .ask
        }
        guard !isSilent, asked.duration(to: now) >= WorkerHeartbeat.limit else { return nil }
        isSilent = true
        return .becameSilent
    }
}
