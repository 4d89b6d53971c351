internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re runs`
struct RunEngineRuns: WatchableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs of the current plan.",
        usage: "qserver re runs [active|open|closed] [<options>]"
    )

    @Argument(help: "All runs (active), those that are not complete (open) or those that are (closed).")
    var selection: RunSelection?

    @OptionGroup
    var watching: WatchOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .reRuns(selection) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        RunText.text(reply, on: display)
    }
}
