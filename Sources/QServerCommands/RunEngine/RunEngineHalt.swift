internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re halt`
struct RunEngineHalt: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "halt",
        abstract: "End the paused plan without its clean-up.",
        usage: "qserver re halt [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    var expectedEnd: String { "halted" }

    func request() throws -> Request { .reHalt }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The plan is being halted; its clean-up does not run."
    }
}
