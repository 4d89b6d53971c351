internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue add plan`
struct QueueAddPlan: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Add a plan to the queue.",
        usage: "qserver queue add plan [<position>] <plan> [<options>]",
        discussion: """
            The position is front, back (the default), a number counted from 0, a negative number counted from the \
            back, before <uid> or after <uid>.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The plan as JSON or as a Python literal: {'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}.",
            valueName: "plan"
        )
    )
    var words: [String]

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        var rest = words[...]
        let position = try ItemPosition(taking: &rest)
        let word = try onlyWord(rest, "plan")
        return .queueItemAdd(try .plan(word: word), at: position)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.added(reply) }
}
