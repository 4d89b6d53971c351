internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver history get`
struct HistoryGet: WatchableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "List the items that ended, oldest first.",
        usage: "qserver history get [<options>]"
    )

    @OptionGroup
    var watching: WatchOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .historyGet }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        HistoryText.text(reply, on: display)
    }
}
