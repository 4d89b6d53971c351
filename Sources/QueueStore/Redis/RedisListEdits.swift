/// The commands that change the list of the queue in Redis as a list of changes does. Redis has no ranks; the place of
/// an item is found in the queue as it is before the changes.
struct RedisListEdits {
    private(set) var commands: [RedisCommand] = []
    /// How long the list is afterwards.
    private(set) var count: Int
    private var queue: PlanQueue
    private let key: [UInt8]

    /// More moves than this are written as a new list.
    private static let moveLimit = 100
    /// How many items a command adds at most.
    private static let chunk = 500

    init(_ changes: [QueueChange], to queue: PlanQueue, key: String) {
        self.queue = queue
        self.key = Array(key.utf8)
        count = queue.count
        var single: [QueueChange] = []
        var moves: [QueueChange] = []
        for change in changes where change.concernsQueue {
            if case .move = change { moves.append(change) } else { single.append(change) }
        }
        if moves.count > 1 {
            reorder(moves)
        } else {
            single = moves + single
        }
        for (index, change) in single.enumerated() {
            apply(change)
            // The last one has no successor that would look at the queue, and a copy of it is not free.
            if index < single.count - 1 { self.queue.apply([change]) }
        }
    }

    /// The commands that write the whole list anew.
    static func rewriting(_ items: [[UInt8]], key: String) -> [RedisCommand] {
        [RedisCommand("DEL", key)] + appending(items[...], key: key)
    }

    /// The commands that add items at the end.
    static func appending(_ items: ArraySlice<[UInt8]>, key: String) -> [RedisCommand] {
        stride(from: items.startIndex, to: items.endIndex, by: chunk).map { start in
            RedisCommand("RPUSH", [Array(key.utf8)] + items[start..<min(start + chunk, items.endIndex)])
        }
    }

    private mutating func apply(_ change: QueueChange) {
        switch change {
        case .insert(let item, let rank):
            insert(item.encoded, at: queue.index(ofNewRank: rank))
            count += 1
        case .replace(let uid, let item):
            guard let index = queue.index(of: uid) else { return }
            add("LSET", [Array("\(index)".utf8), item.encoded])
        case .move(let uid, let rank):
            guard let old = queue.index(of: uid) else { return }
            let new = queue.index(ofNewRank: rank)
            if new == old || new == old + 1 { return }
            remove(at: old)
            insert(queue[old].encoded, at: new)
        case .remove(let uid):
            guard let index = queue.index(of: uid) else { return }
            remove(at: index)
            count -= 1
        case .removeAll:
            add("DEL", [])
            count = 0
        case .record, .trimHistory, .trimHistoryThrough, .dropHistory, .set: break
        }
    }

    private mutating func insert(_ item: [UInt8], at index: Int) {
        switch index {
        case queue.count: add("RPUSH", [item])
        case 0: add("LPUSH", [item])
        default: add("LINSERT", [Array("BEFORE".utf8), queue[index].encoded, item])
        }
    }

    private mutating func remove(at index: Int) {
        switch index {
        case 0: add("LPOP", [])
        case queue.count - 1: add("RPOP", [])
        // Looked for from the nearer end.
        default: add("LREM", [Array(index < queue.count / 2 ? "1".utf8 : "-1".utf8), queue[index].encoded])
        }
    }

    /// Several moves at once, which may also be new ranks in the old order.
    private mutating func reorder(_ moves: [QueueChange]) {
        let before = queue.items
        queue.apply(moves)
        let after = queue.items
        if before.elementsEqual(after, by: { $0.uid == $1.uid }) { return }
        guard moves.count <= RedisListEdits.moveLimit else {
            commands += RedisListEdits.rewriting(after.map(\.encoded), key: String(decoding: key, as: UTF8.self))
            return
        }
        let uids: [String] = moves.compactMap { if case .move(let uid, _) = $0 { uid } else { nil } }
        for uid in uids { if let item = queue[uid: uid] { add("LREM", [Array("1".utf8), item.encoded]) } }
        for index in uids.compactMap({ queue.index(of: $0) }).sorted() {
            if index == 0 {
                add("LPUSH", [after[0].encoded])
            } else {
                add("LINSERT", [Array("AFTER".utf8), after[index - 1].encoded, after[index].encoded])
            }
        }
    }

    private mutating func add(_ name: String, _ arguments: [[UInt8]]) {
        commands.append(RedisCommand(name, [key] + arguments))
    }
}
