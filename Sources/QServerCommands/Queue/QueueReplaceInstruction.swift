internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue replace instruction`
struct QueueReplaceInstruction: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "instruction",
        abstract: "Put an instruction in the place of an item.",
        usage: "qserver queue replace instruction <uid> <instruction> [<options>]"
    )

    @Argument(help: "UID of the item in the queue, or its first characters.", completion: .byWords)
    var uid: String

    @Argument(
        help: "The instruction: queue-stop, which stops the queue when its turn comes.",
        completion: .list(["queue-stop"])
    )
    var instruction: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemUpdate(try .instruction(word: instruction, uid: uid), replace: true) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.updated(reply) }
}
