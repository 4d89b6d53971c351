/// The items that wait, in order: a value that plans changes and applies them, and knows nothing of storage.
///
/// Each item has a *rank*; the order of the ranks is the order of the queue. A rank says where an item goes without
/// saying anything about the others, so that adding or moving one item changes one row of a store however long the
/// queue is, and the place of an item is found by its rank.
public struct PlanQueue: Sendable {
    private var ranked = RankedItems()
    private var rankOfUID: [String: Int] = [:]

    /// Distance between neighbours when there is room: 2^20 halvings fit in between.
    static let rankSpacing = 1 << 20
    private static let rankLimit = Int.max / 4

    /// An empty queue.
    public init() {}

    // MARK: Looking

    /// How many items wait.
    public var count: Int { ranked.count }

    /// Whether no item waits.
    public var isEmpty: Bool { count == 0 }

    /// The item that is next.
    public var first: QueueItem? { isEmpty ? nil : ranked[0].item }

    /// The items in order.
    public var items: [QueueItem] { ranked.items }

    /// The item at a place from 0 (the next one).
    public subscript(index: Int) -> QueueItem { ranked[index].item }

    /// The item of this UID.
    public subscript(uid uid: String) -> QueueItem? { rankOfUID[uid].flatMap { ranked.entry(ofRank: $0)?.item } }

    /// The place of the item of this UID, from 0.
    public func index(of uid: String) -> Int? { rankOfUID[uid].flatMap { ranked.index(ofRank: $0) } }

    // MARK: Planning changes

    /// The changes that put items, in this order, before the item that is now at `index` (0 to `count`).
    public func inserting(_ items: [QueueItem], at index: Int) -> [QueueChange] {
        let (ranks, moves) = makeRoom(for: items.count, at: index)
        return moves + zip(items, ranks).map { .insert($0, rank: $1) }
    }

    /// The changes that move items, which are in the queue, to stand in this order before the item that is now at
    /// `index` (0 to `count`) and is not one of them.
    public func moving(_ uids: [String], to index: Int) -> [QueueChange] {
        let (ranks, moves) = makeRoom(for: uids.count, at: index)
        return moves + zip(uids, ranks).map { .move(uid: $0, rank: $1) }
    }

    /// Ranks between those of the neighbours at `index`; if there are not enough, first a new rank for every item.
    private func makeRoom(for count: Int, at index: Int) -> (ranks: [Int], moves: [QueueChange]) {
        let spacing = PlanQueue.rankSpacing
        let below = index > 0 ? ranked[index - 1].rank : nil
        let above = index < ranked.count ? ranked[index].rank : nil
        let ranks: [Int]? =
            switch (below, above) {
            case (nil, nil): (0..<count).map { $0 * spacing }
            case (let below?, nil): (0..<count).map { below + ($0 + 1) * spacing }
            case (nil, let above?): (0..<count).map { above - (count - $0) * spacing }
            case (let below?, let above?): spread(count, between: below, and: above)
            }
        if let ranks, ranks.allSatisfy({ abs($0) < PlanQueue.rankLimit }) { return (ranks, []) }
        let moves: [QueueChange] = ranked.entries.enumerated().map { position, entry in
            .move(uid: entry.item.uid, rank: (position < index ? position : position + count) * spacing)
        }
        return ((0..<count).map { (index + $0) * spacing }, moves)
    }

    private func spread(_ count: Int, between below: Int, and above: Int) -> [Int]? {
        let step = (above - below) / (count + 1)
        return step > 0 ? (1...max(count, 1)).prefix(count).map { below + $0 * step } : nil
    }

    // MARK: Applying changes

    /// Applies changes that have been planned on this value; those that do not concern the queue are passed over.
    public mutating func apply(_ changes: [QueueChange]) {
        let moves = changes.count { if case .move = $0 { true } else { false } }
        if moves > 1 {
            applyMoves(changes)
        } else {
            for change in changes { apply(change) }
        }
    }

    private mutating func apply(_ change: QueueChange) {
        switch change {
        case .insert(let item, let rank):
            ranked.insert(.init(rank: rank, item: item))
            rankOfUID[item.uid] = rank
        case .replace(let uid, let item):
            guard let rank = rankOfUID.removeValue(forKey: uid) else { return }
            ranked.replace(rank: rank, with: item)
            rankOfUID[item.uid] = rank
        case .move(let uid, let rank):
            guard let oldRank = rankOfUID[uid], let entry = ranked.remove(rank: oldRank) else { return }
            ranked.insert(.init(rank: rank, item: entry.item))
            rankOfUID[uid] = rank
        case .remove(let uid):
            guard let rank = rankOfUID.removeValue(forKey: uid) else { return }
            _ = ranked.remove(rank: rank)
        case .removeAll:
            ranked = RankedItems()
            rankOfUID = [:]
        case .record, .trimHistory, .trimHistoryThrough, .set: break
        }
    }

    /// Several moves are applied at once, because on the way two items might have the same rank.
    private mutating func applyMoves(_ changes: [QueueChange]) {
        var rest: [QueueChange] = []
        for change in changes {
            if case .move(let uid, let rank) = change, rankOfUID[uid] != nil {
                rankOfUID[uid] = rank
            } else {
                rest.append(change)
            }
        }
        ranked = RankedItems(
            ranked.entries.map { .init(rank: rankOfUID[$0.item.uid] ?? $0.rank, item: $0.item) }
        )
        for change in rest { apply(change) }
    }
}
