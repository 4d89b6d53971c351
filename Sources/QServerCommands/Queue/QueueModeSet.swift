internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue mode set`
struct QueueModeSet: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set what happens to items that end.",
        usage: "qserver queue mode set [default] [loop True|False] [ignore_failures True|False] [<options>]",
        discussion: """
            loop: a completed item goes to the back of the queue. ignore_failures: the queue goes on after a plan that \
            failed. What is not named stays as it is; default switches both off.
            """
    )

    @Argument(
        help: "Names and values, for example: loop True. Values are True or on, False or off.",
        completion: .byWords
    )
    var words: [String] = []

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    private static let names = ["loop", "ignore_failures"]

    func request() throws -> Request {
        if words == ["default"] { return .queueModeSet("default") }
        // The original leaves it to the manager to refuse other names and values, hence the exit code.
        guard words.count.isMultiple(of: 2) else {
            throw CommandFailure.parameters(
                "each mode needs a value: loop True|False, ignore_failures True|False, or just default; got: "
                    + words.joined(separator: " ")
            )
        }
        var mode = JSONObject()
        for index in stride(from: 0, to: words.count, by: 2) {
            mode[try QueueModeSet.name(words[index])] = try QueueModeSet.value(words[index + 1], of: words[index])
        }
        return .queueModeSet(.object(mode))
    }

    private static func name(_ word: String) throws -> String {
        let name = word.replacing("-", with: "_")
        guard names.contains(name) else {
            throw CommandFailure.refusal(
                "there is no queue mode '\(word)'.\(Suggestion.question(word, in: names)) "
                    + "Modes are loop and ignore_failures; default, which stands alone, switches both off"
            )
        }
        return name
    }

    private static func value(_ word: String, of name: String) throws -> JSONValue {
        switch word {
        case "True", "on": return true
        case "False", "off": return false
        default: throw CommandFailure.refusal("'\(name)' is switched True or False (or on or off), not '\(word)'")
        }
    }

    func describe(_ reply: JSONObject, on display: Display, from client: QueueClient) async throws -> String {
        let mode = try await client.status().queueMode
        return "The queue mode is \(mode.text)."
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { "The queue mode is set." }
}
