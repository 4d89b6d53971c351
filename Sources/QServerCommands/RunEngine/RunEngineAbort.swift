internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re abort`
struct RunEngineAbort: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort",
        abstract: "End the paused plan as aborted; its clean-up runs.",
        usage: "qserver re abort [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    var expectedEnd: String { "aborted" }

    func request() throws -> Request { .reAbort }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The plan is being aborted."
    }
}
