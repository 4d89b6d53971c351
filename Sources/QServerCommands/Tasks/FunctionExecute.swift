internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver function execute`
struct FunctionExecute: TaskWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "execute",
        abstract: "Call a function in the environment.",
        usage: "qserver function execute <function> [background] [<options>]"
    )

    @Argument(
        help: ArgumentHelp(
            """
            The call as JSON or as a Python literal: {'name': 'function_sleep', 'args': [20], 'kwargs': {}}. With the \
            word background it is done beside a running plan or task.
            """,
            valueName: "function"
        )
    )
    var words: [String]

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        let isInBackground = words.dropFirst() == ["background"]
        guard words.count == 1 || isInBackground, WordValue.isLiteral(words[0]) else { throw wrongForm }
        return .functionExecute(try .function(word: words[0]), inBackground: isInBackground)
    }

    /// Shows the form with what was written as name and values, where it can be read as that.
    private var wrongForm: CommandFailure {
        let values = words.last == "background" ? words.dropFirst().dropLast() : words.dropFirst()
        let call = words.first.flatMap { try? PlanCall(name: $0, words: values) }
        let isName = call?.name.first.map { $0.isLetter || $0 == "_" } ?? false
        let form: JSONObject =
            if isName, let call {
                call.item.raw.keeping { $0 != "item_type" }
            } else {
                ["name": "function_sleep", "args": [20], "kwargs": [:]]
            }
        return .parameters(
            "a function is one word, JSON or a Python literal, then background or nothing: "
                + "\"\(JSONValue.object(form).pythonRepr)\""
        )
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        TaskText.started(reply)
    }
}
