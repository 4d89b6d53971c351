internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue execute instruction`
struct QueueExecuteInstruction: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "instruction",
        abstract: "Run an instruction at once, outside the queue.",
        usage: "qserver queue execute instruction <instruction> [<options>]"
    )

    @Argument(
        help: "The instruction: queue-stop, which stops the queue when its turn comes.",
        completion: .list(["queue-stop"])
    )
    var instruction: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemExecute(try .instruction(word: instruction)) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.executed(reply) }
}
