/// Console output that waits for a manager. When it gets too long, the oldest goes.
struct ConsoleBacklog {
    /// How many bytes may wait.
    static let capacity = 1 << 20

    private var pieces: [String] = []
    private var size = 0
    private var dropped = 0

    mutating func append(_ text: String) {
        pieces.append(text)
        size += text.utf8.count
        guard size > ConsoleBacklog.capacity else { return }
        // Half of it at once, so that a long gap does not cost more for each piece.
        let kept = ConsoleBacklog.capacity / 2
        var count = 0
        while size > kept, count < pieces.count {
            size -= pieces[count].utf8.count
            dropped += pieces[count].utf8.count
            count += 1
        }
        pieces.removeFirst(count)
    }

    mutating func takeAll() -> [String] {
        let note = dropped > 0 ? ["... \(dropped) bytes of output were dropped ...\n"] : []
        defer { self = ConsoleBacklog() }
        return note + pieces
    }
}
