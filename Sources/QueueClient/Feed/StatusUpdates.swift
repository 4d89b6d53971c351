internal import Synchronization

/// What ``QueueClient/statusUpdates()`` delivers.
public enum StatusUpdate: Sendable, Hashable {
    /// The status, the first one or a changed one.
    case status(ManagerStatus)
    /// The manager does not answer. Delivered once, until it answers again.
    case lost(QueueClientError)
}

extension QueueClient {
    /// The status now and whenever it changes, until the sequence is no longer in use.
    ///
    /// Changes arrive at once if the manager publishes them. The manager is also asked: often at first, every second
    /// later, so that neither a silent nor a dead manager goes unnoticed.
    ///
    /// - Throws: ``QueueClientError/badAddress(_:reason:)``.
    public nonisolated func statusUpdates() throws -> AsyncStream<StatusUpdate> {
        let messages = try messages([.status])
        let (stream, continuation) = AsyncStream.makeStream(of: StatusUpdate.self)
        let changes = StatusChanges { continuation.yield($0) }
        let listener = Task {
            for await message in messages {
                if case .status(_, let status) = message { changes.offer(status) }
            }
        }
        let poller = Task {
            var pause = Duration.milliseconds(50)
            while !Task.isCancelled {
                do {
                    changes.offer(try await status())
                } catch let error as QueueClientError {
                    changes.offer(error)
                }
                try await Task.sleep(for: pause)
                pause = min(pause * 1.5, .seconds(1))
            }
        }
        continuation.onTermination = { _ in
            listener.cancel()
            poller.cancel()
        }
        return stream
    }
}

/// Passes on what is new.
///
/// Replies and published messages come on two ways, so an older status may arrive after a newer one. A status that
/// was once followed by another never comes back, hence one that was seen before is dropped.
final class StatusChanges: Sendable {
    private struct State {
        var isLost = false
        /// Identifiers of the last statuses, the current one at the end.
        var seen: [String] = []
    }

    private let state = Mutex(State())
    private let deliver: @Sendable (StatusUpdate) -> Void

    init(deliver: @escaping @Sendable (StatusUpdate) -> Void) { self.deliver = deliver }

    func offer(_ status: ManagerStatus) {
        let uid = status.statusUID
        let isNew = state.withLock { state in
            if state.seen.last == uid, !uid.isEmpty {
                defer { state.isLost = false }
                return state.isLost
            }
            if state.seen.contains(uid), !uid.isEmpty { return false }
            state.isLost = false
            state.seen.append(uid)
            if state.seen.count > 32 { state.seen.removeFirst() }
            return true
        }
        if isNew { deliver(.status(status)) }
    }

    func offer(_ error: QueueClientError) {
        let isNew = state.withLock { state in
            defer { state.isLost = true }
            return !state.isLost
        }
        if isNew { deliver(.lost(error)) }
    }
}
