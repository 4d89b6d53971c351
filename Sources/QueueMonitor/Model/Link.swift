internal import QueueClient

/// How fresh is what the monitor shows, and how it gets to know changes.
struct Link: Sendable {
    /// When the monitor was started or the manager last showed that it is there and what is known is true.
    private(set) var lastProof: Double
    /// Whether the manager has ever answered.
    private(set) var wasReached = false
    /// When the last message was published.
    private(set) var lastPublished: Double?
    /// Why the last question for the status had no answer; nil if it had one.
    private(set) var error: QueueClientError?
    /// When to ask for the status, if nothing happens before.
    private(set) var nextPoll: Double

    /// Without news for this long, what is shown may be out of date.
    static let staleAge = 3.0

    init(at uptime: Double) {
        lastProof = uptime
        nextPoll = uptime
    }

    /// The manager showed that what is known of its status is true.
    mutating func proved(at uptime: Double) {
        wasReached = true
        lastProof = uptime
        error = nil
        // The manager publishes its status once a second; a bit more than that is silence.
        nextPoll = uptime + (isFollowing(at: uptime) ? 1.5 : 1)
    }

    /// Something was published.
    mutating func heard(at uptime: Double) { lastPublished = uptime }

    /// The question for the status had no answer.
    mutating func failed(_ error: QueueClientError, at uptime: Double) {
        self.error = error
        nextPoll = uptime + 0.2
    }

    /// The question for the status was asked.
    mutating func asked(at uptime: Double) { nextPoll = uptime + 1 }

    /// Whether changes are published, so that they are known at once.
    func isFollowing(at uptime: Double) -> Bool { lastPublished.map { uptime - $0 < Link.staleAge } ?? false }

    /// Seconds since the manager last showed that it is there.
    func age(at uptime: Double) -> Double { max(0, uptime - lastProof) }

    /// Whether what is shown may be out of date.
    func isStale(at uptime: Double) -> Bool { !wasReached || age(at: uptime) >= Link.staleAge }
}
