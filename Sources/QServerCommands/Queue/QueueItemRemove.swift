internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue item remove`
struct QueueItemRemove: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove one item from the queue.",
        usage: "qserver queue item remove [<item>] [<options>]"
    )

    @Argument(
        help: """
            front, back (the default), a number counted from 0, a negative one from the back, or a UID or its first \
            characters.
            """,
        completion: .byWords
    )
    var item: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemRemove(item.map(ItemReference.init(word:))) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        QueueText.removed(reply)
    }
}
