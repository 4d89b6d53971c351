internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue add instruction`
struct QueueAddInstruction: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "instruction",
        abstract: "Add an instruction to the queue.",
        usage: "qserver queue add instruction [<position>] <instruction> [<options>]",
        discussion: """
            The position is front, back (the default), a number counted from 0, a negative number counted from the \
            back, before <uid> or after <uid>.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The instruction: queue-stop, which stops the queue when its turn comes.",
            valueName: "instruction"
        ),
        completion: .byWords
    )
    var words: [String]

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        var rest = words[...]
        let position = try ItemPosition(taking: &rest)
        let word = try onlyWord(rest, "instruction")
        return .queueItemAdd(try .instruction(word: word), at: position)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.added(reply) }
}
