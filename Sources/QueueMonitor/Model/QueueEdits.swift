internal import QueueClient

/// Changes of the queue's order that the manager has not confirmed.
///
/// They are sent one after the other, so that they arrive in the order in which the keys were pressed.
struct QueueEdits: Sendable {
    private var commands: [Command] = []

    /// Whether the queue as it is shown is ahead of the manager's.
    var isActive: Bool { !commands.isEmpty }

    /// Takes in a change and returns what to send now, if anything.
    mutating func add(_ command: Command) -> Command? {
        commands.append(command)
        return commands.count == 1 ? command : nil
    }

    /// Takes in the end of the change that was sent and returns what to send next. What follows a change that failed
    /// was meant for another queue, and is forgotten.
    mutating func finishFirst(successfully: Bool) -> Command? {
        commands = successfully ? Array(commands.dropFirst()) : []
        return commands.first
    }

    /// Makes the change in a list of items, as the manager will.
    static func apply(_ command: Command, to items: inout [QueueItem]) {
        switch command {
        case .remove(let item): items.removeAll { $0.uid == item.uid }
        case .move(let item, let position):
            guard let from = items.firstIndex(where: { $0.uid == item.uid }) else { return }
            var rest = items
            let moved = rest.remove(at: from)
            let to: Int? =
                switch position {
                case .front: 0
                case .back: rest.count
                case .before(let uid): rest.firstIndex { $0.uid == uid }
                case .after(let uid): rest.firstIndex { $0.uid == uid }.map { $0 + 1 }
                case .index: nil
                }
            guard let to else { return }
            rest.insert(moved, at: to)
            items = rest
        default: break
        }
    }
}
