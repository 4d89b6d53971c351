/// Items in the order of their ranks, kept in chunks so that putting one in or taking one out moves few others, however
/// many there are.
struct RankedItems: Sendable {
    struct Entry: Sendable {
        var rank: Int
        var item: QueueItem
    }

    /// Most entries of a chunk: small enough to be shifted in no time, large enough that the chunks of a hundred
    /// thousand items are counted through in no time.
    private static let chunkLimit = 512

    /// None of them is empty.
    private var chunks: [[Entry]] = []
    private(set) var count = 0

    init() {}

    /// Entries in any order; no two may have the same rank.
    init(_ entries: [Entry]) {
        let sorted = entries.sorted { $0.rank < $1.rank }
        let limit = RankedItems.chunkLimit
        chunks = stride(from: 0, to: sorted.count, by: limit).map { Array(sorted[$0..<min($0 + limit, sorted.count)]) }
        count = sorted.count
    }

    /// All entries in order.
    var entries: FlattenSequence<[[Entry]]> { chunks.joined() }

    /// All items in order. An array, because stepping through the chunks from outside would cost more than the copy.
    var items: [QueueItem] {
        var items: [QueueItem] = []
        items.reserveCapacity(count)
        for chunk in chunks { for entry in chunk { items.append(entry.item) } }
        return items
    }

    /// The entry at a place from 0.
    subscript(index: Int) -> Entry {
        var rest = index
        for chunk in chunks {
            if rest < chunk.count { return chunk[rest] }
            rest -= chunk.count
        }
        preconditionFailure("There is no item \(index) among \(count)")
    }

    /// The entry of a rank that is there.
    func entry(ofRank rank: Int) -> Entry? { find(rank).map { chunks[$0.chunk][$0.offset] } }

    /// The place, from 0, of a rank that is there.
    func index(ofRank rank: Int) -> Int? {
        find(rank).map { place in chunks[..<place.chunk].reduce(place.offset) { $0 + $1.count } }
    }

    /// The place, from 0, of the first entry at this rank or above it.
    func index(ofNewRank rank: Int) -> Int {
        let chunk = chunk(atOrAbove: rank)
        guard chunk < chunks.count else { return count }
        let offset = RankedItems.lowerBound(chunks[chunk].count) { chunks[chunk][$0].rank < rank }
        return chunks[..<chunk].reduce(offset) { $0 + $1.count }
    }

    /// Puts an entry where its rank says, which must be a new one.
    mutating func insert(_ entry: Entry) {
        count += 1
        guard !chunks.isEmpty else {
            chunks.append([entry])
            return
        }
        let chunk = min(chunk(atOrAbove: entry.rank), chunks.count - 1)
        let offset = RankedItems.lowerBound(chunks[chunk].count) { chunks[chunk][$0].rank < entry.rank }
        guard chunks[chunk].count >= RankedItems.chunkLimit else {
            chunks[chunk].insert(entry, at: offset)
            return
        }
        // A queue that grows at its back leaves full chunks behind, any other change makes two of one.
        let split = offset == chunks[chunk].count ? offset : chunks[chunk].count / 2
        var upper = Array(chunks[chunk][split...])
        chunks[chunk].removeSubrange(split...)
        if offset < split { chunks[chunk].insert(entry, at: offset) } else { upper.insert(entry, at: offset - split) }
        chunks.insert(upper, at: chunk + 1)
    }

    /// Takes out the entry of a rank.
    mutating func remove(rank: Int) -> Entry? {
        guard let place = find(rank) else { return nil }
        count -= 1
        let entry = chunks[place.chunk].remove(at: place.offset)
        if chunks[place.chunk].isEmpty { chunks.remove(at: place.chunk) }
        return entry
    }

    /// Puts another item in the place of the one of this rank.
    mutating func replace(rank: Int, with item: QueueItem) {
        guard let place = find(rank) else { return }
        chunks[place.chunk][place.offset].item = item
    }

    // MARK: Searching

    private func find(_ rank: Int) -> (chunk: Int, offset: Int)? {
        let chunk = chunk(atOrAbove: rank)
        guard chunk < chunks.count else { return nil }
        let offset = RankedItems.lowerBound(chunks[chunk].count) { chunks[chunk][$0].rank < rank }
        return offset < chunks[chunk].count && chunks[chunk][offset].rank == rank ? (chunk, offset) : nil
    }

    /// The first chunk that ends at this rank or above it.
    private func chunk(atOrAbove rank: Int) -> Int {
        RankedItems.lowerBound(chunks.count) { chunks[$0][chunks[$0].count - 1].rank < rank }
    }

    /// The first of the numbers below `count` that is not below what is looked for, or `count`.
    private static func lowerBound(_ count: Int, isBelow: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBelow(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
