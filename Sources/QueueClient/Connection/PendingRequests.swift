/// The requests without a reply: those that wait for a connection and those that were sent.
struct PendingRequests<Waiter> {
    private struct Entry {
        let waiter: Waiter
        /// The message while it is not sent.
        var message: [UInt8]?
    }

    private var entries: [UInt64: Entry] = [:]
    private var unsent: [UInt64] = []
    private var lastNumber: UInt64 = 0

    /// A number that no other request of the connection has.
    mutating func makeNumber() -> UInt64 {
        lastNumber &+= 1
        return lastNumber
    }

    /// Takes in a request.
    mutating func add(_ number: UInt64, _ message: [UInt8], waiter: Waiter) {
        entries[number] = Entry(waiter: waiter, message: message)
        unsent.append(number)
    }

    /// The oldest request that has not been sent.
    mutating func nextUnsent() -> (number: UInt64, message: [UInt8])? {
        while let number = unsent.first {
            if let message = entries[number]?.message { return (number, message) }
            unsent.removeFirst()
        }
        return nil
    }

    /// Notes that the request was sent.
    mutating func markSent(_ number: UInt64) {
        entries[number]?.message = nil
        unsent.removeAll { $0 == number }
    }

    /// Forgets the request and returns who waits for it; nil if it is forgotten already.
    mutating func remove(_ number: UInt64) -> Waiter? { entries.removeValue(forKey: number)?.waiter }
}
