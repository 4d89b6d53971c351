public import Wire

/// One change of what is stored. A request is a list of them, committed together and then applied to the model, so
/// that memory never shows what is not on disk.
public enum QueueChange: Sendable, Hashable {
    /// Puts an item into the queue at a rank that no other item has.
    case insert(QueueItem, rank: Int)
    /// Gives the item of this UID other members, and possibly another UID, in its place.
    case replace(uid: String, with: QueueItem)
    /// Gives the item another place.
    case move(uid: String, rank: Int)
    /// Takes the item out of the queue.
    case remove(uid: String)
    /// Takes all items out of the queue.
    case removeAll
    /// Adds an item with its result to the end of the history.
    case record(QueueItem)
    /// Keeps only the newest entries of the history.
    case trimHistory(keeping: Int)
    /// Removes the oldest entries of the history, up to and with the one of this item UID.
    case trimHistoryThrough(uid: String)
    /// Removes this many of the oldest entries of the history, which has as many.
    case dropHistory(oldest: Int)
    /// Sets or, with nil, removes a named value: the running item, the mode of the queue and the like.
    case set(Setting, JSONValue?)

    /// Whether it changes the items that wait.
    public var concernsQueue: Bool {
        switch self {
        case .insert, .replace, .move, .remove, .removeAll: true
        case .record, .trimHistory, .trimHistoryThrough, .dropHistory, .set: false
        }
    }
}

/// The names of the values that are stored beside the queue and the history.
public enum Setting: String, Sendable, Hashable, CaseIterable {
    /// The item that has left the queue and has no outcome yet.
    case runningItem = "running_item"
    /// The mode of the queue: `loop` and `ignore_failures`.
    case queueMode = "queue_mode"
    /// Who has locked what, with the key.
    case lock
    /// The permissions that a client has set.
    case permissions
    /// Whether the queue starts by itself.
    case autostart
    /// Whether the queue stops after the running item.
    case stopPending = "stop_pending"
}
