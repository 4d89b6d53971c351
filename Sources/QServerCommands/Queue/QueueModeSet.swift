internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue mode set`
struct QueueModeSet: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set what happens to items that end.",
        usage: "qserver queue mode set [loop True|False] [ignore_failures True|False] [<options>]",
        discussion: """
            loop: a completed item goes to the back of the queue. ignore_failures: the queue goes on after a plan that \
            failed.
            """
    )

    @Argument(help: "Names and values, for example: loop True")
    var words: [String] = []

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        guard words.count.isMultiple(of: 2) else {
            throw CommandFailure.parameters(
                "each mode needs a value: loop True|False, ignore_failures True|False; got: \(words.joined(separator: " "))"
            )
        }
        var mode = JSONObject()
        for index in stride(from: 0, to: words.count, by: 2) {
            mode[words[index]] = (try? JSONValue(pythonLiteral: words[index + 1])) ?? .string(words[index + 1])
        }
        return .queueModeSet(.object(mode))
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { "The queue mode is set." }
}
