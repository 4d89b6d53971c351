internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re pause`
struct RunEnginePause: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause the running plan.",
        usage: "qserver re pause [deferred|immediate] [<options>]"
    )

    @Argument(help: "At the next checkpoint, or at once.")
    var option = PauseOption.deferred

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .rePause(option) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        option == .deferred
            ? "The plan pauses at its next checkpoint." : "The plan is being paused."
    }
}
