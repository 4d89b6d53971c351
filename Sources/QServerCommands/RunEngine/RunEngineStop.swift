internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re stop`
struct RunEngineStop: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "End the paused plan as a success; its clean-up runs.",
        usage: "qserver re stop [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    var expectedEnd: String { "stopped" }

    func request() throws -> Request { .reStop }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The plan is being stopped."
    }
}
