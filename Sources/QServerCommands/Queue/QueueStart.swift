internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue start`
struct QueueStart: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Run the items of the queue one after the other.",
        usage: "qserver queue start [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueStart }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The queue is being started."
    }
}
