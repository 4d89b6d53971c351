internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue item get`
struct QueueItemGet: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Show one item of the queue.",
        usage: "qserver queue item get [<item>] [<options>]"
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

    func request() throws -> Request { .queueItemGet(item.map(ItemReference.init(word:))) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        Outline.text(reply["item"] ?? [:])
    }
}
