internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment close`
struct EnvironmentClose: OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close the environment; refused while a plan runs or is paused.",
        usage: "qserver environment close [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentClose }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being closed."
    }

    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        .environment(
            try await client.waitForEnvironmentClosed(timeout: waitLimit.timeout()),
            "The environment is closed."
        )
    }
}
