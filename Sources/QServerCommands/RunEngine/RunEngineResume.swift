internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re resume`
struct RunEngineResume: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let the paused plan go on.",
        usage: "qserver re resume [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .reResume }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The plan goes on."
    }
}
