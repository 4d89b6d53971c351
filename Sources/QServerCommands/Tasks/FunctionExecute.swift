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

    @Argument(help: "The call as JSON or as a Python literal: {'name': 'function_sleep', 'args': [20], 'kwargs': {}}.")
    var function: String

    @Argument(help: "Do it beside a running plan or task.")
    var background: BackgroundWord?

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        .functionExecute(try .function(word: function), inBackground: background != nil)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        TaskText.started(reply)
    }
}
