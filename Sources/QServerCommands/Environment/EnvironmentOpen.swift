internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment open`
struct EnvironmentOpen: OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open the environment.",
        usage: "qserver environment open [<options>]"
    )

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentOpen }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The environment is being opened."
    }

    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        .environment(try await client.waitForEnvironment(timeout: waitLimit.timeout()), "The environment is open.")
    }
}
