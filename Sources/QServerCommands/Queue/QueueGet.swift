internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue get`
struct QueueGet: WatchableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "List the items of the queue.",
        usage: "qserver queue get [<options>]"
    )

    @OptionGroup
    var watching: WatchOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueGet }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        QueueText.text(reply, on: display)
    }
}
