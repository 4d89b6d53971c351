internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue item release`
struct QueueItemRelease: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Let an item that is held run when its turn comes.",
        usage: "qserver queue item release <item> [<options>]"
    )

    @Argument(
        help: """
            front, back, a number counted from 0, a negative one from the back, or a UID or its first characters.
            """,
        completion: .byWords
    )
    var item: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemRelease(ItemReference(word: item)) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.released(reply) }
}
