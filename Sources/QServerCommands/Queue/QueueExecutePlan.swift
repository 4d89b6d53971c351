internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue execute plan`
struct QueueExecutePlan: WaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Run a plan at once, outside the queue.",
        usage: "qserver queue execute plan <plan> [<options>]"
    )

    @Argument(
        help: "The plan as JSON or as a Python literal: {'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}."
    )
    var plan: String

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemExecute(try .plan(word: plan)) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.executed(reply) }

    func outcome(
        of reply: JSONObject,
        since before: ManagerStatus,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> String {
        try await queueOutcome(since: before, from: client, timeout: waiting.timeout())
    }
}
