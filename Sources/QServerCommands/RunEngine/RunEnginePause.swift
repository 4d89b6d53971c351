internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver re pause`
struct RunEnginePause: OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Pause the running plan.",
        usage: "qserver re pause [deferred|immediate] [<options>]"
    )

    @Argument(help: "At the next checkpoint, or at once.")
    var option = PauseOption.deferred

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .rePause(option) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        option == .deferred
            ? "The plan pauses at its next checkpoint." : "The plan is being paused."
    }

    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        let outcome = try await Outcome.queue(since: before, from: client, timeout: waitLimit.timeout())
        guard outcome.status != .paused else {
            return Outcome(text: "The plan is paused.", document: outcome.document)
        }
        return Outcome(
            text: "the plan ended before it paused: \(outcome.text)",
            status: .operationFailed,
            document: outcome.document
        )
    }
}
