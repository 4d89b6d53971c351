internal import QueueClient

extension ItemReference {
    /// The item that a word of the command line names: `front`, `back`, a position or an identifier.
    init(word: String) {
        switch word {
        case "front": self = .front
        case "back": self = .back
        default: self = Int(word).map(ItemReference.index) ?? .uid(word)
        }
    }
}

extension ItemPosition {
    /// The words that a place can begin with, apart from numbers.
    static let words = ["front", "back"] + wordsBeforeUID
    /// Those that the UID of another item follows.
    static let wordsBeforeUID = ["before", "after"]

    /// Takes the place that the first words name, if they do: `front`, `back`, a position, `before UID`, `after UID`.
    ///
    /// - Throws: ``CommandFailure`` if `before` or `after` stands alone.
    init?(taking words: inout ArraySlice<String>) throws {
        switch words.first {
        case "front": self = .front
        case "back": self = .back
        case "before", "after":
            let isBefore = words.removeFirst() == "before"
            guard let uid = words.first else {
                throw CommandFailure.parameters(
                    "'\(isBefore ? "before" : "after")' must be followed by the UID of an item in the queue"
                )
            }
            self = isBefore ? .before(uid: uid) : .after(uid: uid)
        case let word?:
            guard let index = Int(word) else { return nil }
            self = .index(index)
        case nil: return nil
        }
        words.removeFirst()
    }
}
