internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue execute plan`
struct QueueExecutePlan: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Run a plan at once, outside the queue."
    )

    @Argument(
        help: "The plan as JSON or as a Python literal: {'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}."
    )
    var plan: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemExecute(try .plan(word: plan)) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.executed(reply) }
}
