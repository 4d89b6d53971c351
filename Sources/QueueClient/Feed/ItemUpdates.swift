/// What ``QueueClient/itemUpdates(_:)`` tells of an item.
public enum ItemUpdate: Sendable, Hashable {
    /// The item waits in the queue, so many items before it.
    case queued(itemsBefore: Int)
    /// The item runs.
    case running
    /// The item's plan is paused.
    case paused
    /// The item ended; this is its entry in the history.
    case ended(QueueItem)
    /// The item is neither in the queue nor in the history any more.
    case removed
    /// The manager does not answer. Told once, until it answers again.
    case lost(QueueClientError)

    /// Whether nothing comes after this.
    public var isLast: Bool {
        switch self {
        case .ended, .removed: true
        default: false
        }
    }
}

extension QueueClient {
    /// What becomes of an item that was added to the queue or is executed: its state now, whenever it changes, and at
    /// last how it ended. The sequence ends with that.
    ///
    /// - Parameter uid: The item's identifier, as ``queueItemAdd(_:at:)`` or ``queueItemExecute(_:)`` returned it.
    /// - Throws: ``QueueClientError/badAddress(_:reason:)``.
    public nonisolated func itemUpdates(_ uid: String) throws -> AsyncStream<ItemUpdate> {
        let statuses = try statusUpdates()
        let (stream, continuation) = AsyncStream.makeStream(of: ItemUpdate.self)
        let task = Task {
            var search = ItemSearch(uid: uid)
            var last: ItemUpdate?
            for await update in statuses {
                guard let found = await search.update(after: update, from: self), found != last else { continue }
                last = found
                continuation.yield(found)
                if found.isLast { break }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }
}

/// Finds an item with as few requests as the identifiers in the status permit.
private struct ItemSearch {
    let uid: String
    private var queueUID: String?
    private var historyUID: String?
    private var wasFound = false
    private var itemsBefore: Int?

    init(uid: String) { self.uid = uid }

    /// Where the item is after this change of the status; nil if that is not known yet.
    mutating func update(after update: StatusUpdate, from client: QueueClient) async -> ItemUpdate? {
        guard case .status(let status) = update else {
            if case .lost(let error) = update { return .lost(error) }
            return nil
        }
        do {
            return try await find(status, from: client)
        } catch let error as QueueClientError {
            // Nothing of this was noted, so the next change of the status asks again.
            return .lost(error)
        } catch {
            return nil
        }
    }

    private mutating func find(_ status: ManagerStatus, from client: QueueClient) async throws -> ItemUpdate? {
        if status.runningItemUID == uid {
            wasFound = true
            return status.isPaused ? .paused : .running
        }
        if status.historyUID != historyUID, let entry = try await ended(from: client) { return .ended(entry) }
        historyUID = status.historyUID
        if status.queueUID != queueUID {
            let queue = try await client.queueGet()
            if queue.runningItem?.uid == uid { return .running }
            itemsBefore = queue.items.firstIndex { $0.uid == uid }
            // An item that has left the queue since the status may have ended by now.
            if itemsBefore == nil, let entry = try await ended(from: client) { return .ended(entry) }
            queueUID = status.queueUID
        }
        if let itemsBefore {
            wasFound = true
            return .queued(itemsBefore: itemsBefore)
        }
        // An item that is executed outside the queue is nowhere to be seen until it runs.
        return wasFound || status.isIdle ? .removed : nil
    }

    private func ended(from client: QueueClient) async throws -> QueueItem? {
        try await client.historyGet().last { $0.uid == uid }
    }
}
