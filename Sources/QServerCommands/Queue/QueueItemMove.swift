internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue item move`
struct QueueItemMove: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Move one item of the queue to another place.",
        usage: "qserver queue item move <item> <position> [<options>]",
        discussion: """
            The item is front, back, a number counted from 0, a negative number counted from the back, or a UID. The \
            position is front, back, a number, before <uid> or after <uid>. The first characters of a UID are enough.
            """
    )

    @Argument(help: "The item and the position, for example: 2 before 1a2b3c4d", completion: .byWords)
    var words: [String]

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        var rest = words[...]
        guard let item = rest.popFirst() else { throw CommandFailure.parameters("the item to move is missing") }
        guard let position = try ItemPosition(taking: &rest) else {
            throw CommandFailure.parameters(
                "where to move the item is missing: front, back, a number, before <uid> or after <uid>"
            )
        }
        guard rest.isEmpty else {
            throw CommandFailure.parameters("too many words: \(rest.joined(separator: " "))")
        }
        return .queueItemMove(ItemReference(word: item), to: position)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.moved(reply) }
}
