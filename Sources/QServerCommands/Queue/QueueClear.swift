internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue clear`
struct QueueClear: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear",
        abstract: "Remove all items from the queue.",
        usage: "qserver queue clear [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueClear }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The queue is empty."
    }
}
