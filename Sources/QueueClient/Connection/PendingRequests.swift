/// The requests without a reply: those that wait for a connection and those that were sent.
struct PendingRequests<Waiter> {
    private struct Entry {
        let message: [UInt8]
        let isRepeatable: Bool
        let deadline: ContinuousClock.Instant
        let waiter: Waiter
        var isSent = false
    }

    private var entries: [UInt64: Entry] = [:]
    /// Numbers of requests to send, oldest first; some may be forgotten meanwhile.
    private var unsent: [UInt64] = []
    private var lastNumber: UInt64 = 0

    /// A number that no other request of the connection has.
    mutating func makeNumber() -> UInt64 {
        lastNumber &+= 1
        return lastNumber
    }

    /// Takes in a request.
    ///
    /// - Parameters:
    ///   - isRepeatable: Whether the request may be sent again when its reply was lost.
    ///   - deadline: When to give it up.
    mutating func add(
        _ number: UInt64,
        _ message: [UInt8],
        isRepeatable: Bool,
        deadline: ContinuousClock.Instant,
        waiter: Waiter
    ) {
        entries[number] = Entry(message: message, isRepeatable: isRepeatable, deadline: deadline, waiter: waiter)
        unsent.append(number)
    }

    /// The oldest request that has not been sent.
    mutating func nextUnsent() -> (number: UInt64, message: [UInt8])? {
        while let number = unsent.first {
            if let entry = entries[number], !entry.isSent { return (number, entry.message) }
            unsent.removeFirst()
        }
        return nil
    }

    /// Notes that the request was sent.
    mutating func markSent(_ number: UInt64) { entries[number]?.isSent = true }

    /// Forgets the request and returns who waits for it; nil if it is forgotten already.
    mutating func remove(_ number: UInt64) -> Waiter? { entries.removeValue(forKey: number)?.waiter }

    /// When the next request is to be given up; nil if there is none.
    var nextDeadline: ContinuousClock.Instant? { entries.values.map(\.deadline).min() }

    /// Forgets the requests that are to be given up by now and returns who waits for them.
    mutating func removeExpired(at now: ContinuousClock.Instant) -> [Waiter] {
        let expired = entries.filter { $0.value.deadline <= now }.keys.sorted()
        return expired.compactMap { remove($0) }
    }

    /// Notes that replies to what was sent will not come: repeatable requests are to be sent again, the others are
    /// forgotten. Returns who waits for the latter.
    mutating func loseReplies() -> [Waiter] {
        let lost = entries.filter(\.value.isSent)
        var waiters: [Waiter] = []
        for (number, entry) in lost.sorted(by: { $0.key < $1.key }) {
            if entry.isRepeatable {
                entries[number]?.isSent = false
                unsent.append(number)
            } else {
                entries[number] = nil
                waiters.append(entry.waiter)
            }
        }
        return waiters
    }
}
