internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver script upload`
struct ScriptUpload: TaskWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Run a script in the environment.",
        usage: "qserver script upload <file> [background|update-re|keep-lists]... [<options>]"
    )

    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case background
        case updateRunEngine = "update-re"
        case keepLists = "keep-lists"
    }

    @Argument(help: "The script.", completion: .file())
    var file: String

    @Argument(
        help: """
            background: beside a running plan or task. update-re: the script may replace the run engine. keep-lists: \
            the lists of plans and devices stay as they are.
            """
    )
    var options: [Choice] = []

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        .scriptUpload(
            try TextFile.contents(of: file),
            inBackground: options.contains(.background),
            updateLists: !options.contains(.keepLists),
            updateRunEngine: options.contains(.updateRunEngine)
        )
    }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        TaskText.started(reply)
    }
}
