internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment destroy`
struct EnvironmentDestroy: OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "End the environment at once, with whatever runs in it.",
        usage: "qserver environment destroy [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentDestroy }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being destroyed."
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
