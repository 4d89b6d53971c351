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
    /// How far around a place without room items get new ranks at first, and how far apart these are at least.
    private static let smallestReach = 16
    private static let renewedDistance = 1 << 10

    /// An empty queue.
    public init() {}

    // MARK: Looking

    /// How many items wait.
    public var count: Int { ranked.count }

    /// Whether no item waits.
    public var isEmpty: Bool { count == 0 }

    /// The item that is next.
    public var first: QueueItem? { isEmpty ? nil : ranked[0].item }

    /// The first item that is not held.
    public var firstToRun: QueueItem? {
        for index in 0..<count {
            let item = self[index]
            if !item.isHeld { return item }
        }
        return nil
    }

    /// The items in order.
    public var items: [QueueItem] { ranked.items }

    /// The item at a place from 0 (the next one).
    public subscript(index: Int) -> QueueItem { ranked[index].item }

    /// The item of this UID.
    public subscript(uid uid: String) -> QueueItem? { rankOfUID[uid].flatMap { ranked.entry(ofRank: $0)?.item } }

    /// The place of the item of this UID, from 0.
    public func index(of uid: String) -> Int? { rankOfUID[uid].flatMap { ranked.index(ofRank: $0) } }

    /// The place, from 0, of the item before which one of this rank would go.
    func index(ofNewRank rank: Int) -> Int { ranked.index(ofNewRank: rank) }

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

    /// Ranks between those of the neighbours at `index`. If there are not enough, first new ranks for as many items
    /// around it as it takes: few, because further away there is room.
    private func makeRoom(for count: Int, at index: Int) -> (ranks: [Int], moves: [QueueChange]) {
        var window = index..<index
        var ranks = free(count, in: window, distance: 1)
        while ranks == nil, window.count < ranked.count {
            let reach = max(PlanQueue.smallestReach, 2 * window.count)
            window = max(0, index - reach)..<min(ranked.count, index + reach)
            ranks = free(window.count + count, in: window, distance: PlanQueue.renewedDistance)
        }
        let all = ranks ?? (0..<window.count + count).map { $0 * PlanQueue.rankSpacing }
        let before = index - window.lowerBound
        let moves: [QueueChange] = window.map { position in
            let place = position - window.lowerBound
            return .move(uid: ranked[position].item.uid, rank: all[place < before ? place : place + count])
        }
        return (Array(all[before..<before + count]), moves)
    }

    /// As many ranks between the neighbours of some places; nil if they would be nearer to each other than `distance`.
    private func free(_ count: Int, in window: Range<Int>, distance: Int) -> [Int]? {
        let spacing = PlanQueue.rankSpacing
        let below = window.lowerBound > 0 ? ranked[window.lowerBound - 1].rank : nil
        let above = window.upperBound < ranked.count ? ranked[window.upperBound].rank : nil
        let ranks: [Int]
        switch (below, above) {
        case (nil, nil): ranks = (0..<count).map { $0 * spacing }
        case (let below?, nil): ranks = (0..<count).map { below + ($0 + 1) * spacing }
        case (nil, let above?): ranks = (0..<count).map { above - (count - $0) * spacing }
        case (let below?, let above?):
            let step = (above - below) / (count + 1)
            guard step >= distance else { return nil }
            ranks = (0..<count).map { below + ($0 + 1) * step }
        }
        return ranks.allSatisfy { abs($0) < PlanQueue.rankLimit } ? ranks : nil
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
        case .record, .trimHistory, .trimHistoryThrough, .dropHistory, .set: break
        }
    }

    /// Several moves are applied at once, because on the way two items might have the same rank.
    private mutating func applyMoves(_ changes: [QueueChange]) {
        var rest: [QueueChange] = []
        var moved: [String: RankedItems.Entry] = [:]
        for change in changes {
            guard case .move(let uid, let rank) = change, let old = rankOfUID[uid] else {
                rest.append(change)
                continue
            }
            guard let entry = moved[uid] ?? ranked.remove(rank: old) else { continue }
            moved[uid] = .init(rank: rank, item: entry.item)
            rankOfUID[uid] = rank
        }
        for entry in moved.values { ranked.insert(entry) }
        for change in rest { apply(change) }
    }
}
