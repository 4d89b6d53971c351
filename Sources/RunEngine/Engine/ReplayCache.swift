/// The messages since the last checkpoint, to be carried out again after a pause.
struct ReplayCache {
    /// Nil after `clear_checkpoint`: the plan cannot be resumed.
    private var messages: [Message]? = []

    /// Whether a pause is possible.
    var isResumable: Bool { messages != nil }

    mutating func append(_ message: Message) { messages?.append(message) }

    /// A checkpoint: what came before need not be repeated. Does nothing once the plan cannot be resumed.
    mutating func reset() {
        guard let count = messages?.count, count > 0 else { return }
        // The room of a short stretch is used again; that of a very long one is given back.
        messages?.removeAll(keepingCapacity: count < 1024)
    }

    /// Leaves out some of the messages.
    mutating func remove(where isObsolete: (Message) -> Bool) { messages?.removeAll(where: isObsolete) }

    /// No pause is possible from here on.
    mutating func clear() { messages = nil }

    /// Takes the messages out, to carry them out again.
    mutating func take() -> [Message] {
        guard let taken = messages else { return [] }
        messages = []
        return taken
    }

    /// Puts messages back that could not be carried out again yet.
    mutating func restore(_ taken: [Message]) {
        if isResumable { messages = taken }
    }
}
