import Wire

/// All that a store has, to be written into another one.
public struct StoreCopy: Sendable {
    /// The queue and the settings.
    public let state: StoredState
    /// The entries of the history, oldest first.
    public let history: [QueueItem]

    /// Reads everything.
    ///
    /// - Throws: ``QueueStoreError`` if it cannot be read, or if an entry is damaged.
    public init(of store: any QueueStore) throws {
        state = try store.load()
        history = try store.history().map { try QueueItem(encoded: $0) }
    }

    /// Whether there is nothing whose loss would matter: no item, no history.
    public var isEmpty: Bool {
        state.queue.isEmpty && history.isEmpty && state.settings[.runningItem] == nil
    }

    /// Makes this the whole content of a store, in one transaction, and returns what can be read back then.
    ///
    /// - Throws: ``QueueStoreError`` if it could not be written.
    @discardableResult
    public func write(to store: any QueueStore) throws -> StoreCopy {
        let old = try store.load().queue
        let items = PlanQueue().inserting(state.queue.items, at: 0)
        let settings = Setting.allCases.map { QueueChange.set($0, state.settings[$0]) }
        try store.commit(
            [.removeAll, .trimHistory(keeping: 0)] + items + history.map { .record($0) } + settings,
            to: old
        )
        let copy = try StoreCopy(of: store)
        guard copy.state.queue.items == state.queue.items, copy.history == history else {
            throw QueueStoreError("What was written is not what can be read back")
        }
        return copy
    }

    /// What there is, a line each.
    public var summary: String {
        func lines(_ rows: [(String, String)]) -> String {
            rows.map { "  \($0.0)\(String(repeating: " ", count: 16 - $0.0.count))\($0.1)" }.joined(separator: "\n")
        }
        let running = state.settings[.runningItem].map { "\($0["name"]?.string ?? "") \($0["item_uid"]?.string ?? "")" }
        let isLocked = [state.settings[.lock]?["environment"], state.settings[.lock]?["queue"]].contains(true)
        return lines([
            ("queue", "\(state.queue.count) items"), ("running item", running ?? "none"),
            ("history", "\(history.count) entries"),
            ("queue mode", state.settings[.queueMode]?.encodedText ?? "default"),
            ("lock", isLocked ? "locked" : "not locked"),
            ("permissions", state.settings[.permissions] == nil ? "none" : "set"),
        ])
    }
}
