import Synchronization
import Wire

/// A store that lasts as long as the process: for tests and trials.
public final class MemoryStore: QueueStore {
    private struct Content {
        var state = StoredState()
        var history: [QueueItem] = []
    }

    private let content = Mutex(Content())

    /// An empty store.
    public init() {}

    /// The queue and the settings.
    public func load() throws -> StoredState { content.withLock(\.state) }

    /// Applies the changes.
    public func commit(_ changes: [QueueChange], to queue: PlanQueue) throws {
        content.withLock { content in
            content.state.queue.apply(changes)
            for change in changes {
                switch change {
                case .record(let item): content.history.append(item)
                case .trimHistory(let count): content.history = content.history.suffix(max(0, count))
                case .trimHistoryThrough(let uid):
                    if let index = content.history.firstIndex(where: { $0.uid == uid }) {
                        content.history.removeFirst(index + 1)
                    }
                case .dropHistory(let count): content.history.removeFirst(min(max(0, count), content.history.count))
                case .set(let setting, let value): content.state.settings[setting] = value
                case .insert, .replace, .move, .remove, .removeAll: break
                }
            }
        }
    }

    /// The entries, oldest first.
    public func history() throws -> [[UInt8]] { content.withLock { $0.history.map(\.encoded) } }

    /// The first of the entries.
    public func oldestHistory(_ limit: Int) throws -> [[UInt8]] {
        content.withLock { $0.history.prefix(limit).map(\.encoded) }
    }

    /// How many entries there are.
    public func historyCount() throws -> Int { content.withLock(\.history.count) }
}
