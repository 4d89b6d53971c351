internal import Synchronization

extension Status {
    /// A status that ends well when all of these have, and fails with the first of them that fails.
    public static func all(_ members: [Status], name: String? = nil) -> Status {
        let pending = members.filter { !$0.isSuccessful }
        if pending.isEmpty { return .finished }
        if members.count == 1, let only = pending.first { return only }
        let combined = Status(name: name)
        let countdown = Countdown(pending.count)
        for member in pending {
            member.addCallback { member in
                if let error = member.error {
                    combined.fail(error)
                } else if countdown.countDown() == 0 {
                    combined.finish()
                }
            }
        }
        return combined
    }
}

extension Status {
    /// A status that ends when `body` does, which begins at once in a task of its own.
    public static func running(
        _ name: String? = nil,
        _ body: @escaping @Sendable () async throws -> Void
    ) -> Status {
        let status = Status(name: name)
        Task.detached {
            do {
                try await body()
                status.finish()
            } catch {
                status.fail(error)
            }
        }
        return status
    }
}

/// How many of several things are still to come.
final class Countdown: Sendable {
    private let left: Atomic<Int>

    init(_ count: Int) { left = Atomic(count) }

    /// One has come. Returns how many are left.
    func countDown() -> Int { left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue }
}
