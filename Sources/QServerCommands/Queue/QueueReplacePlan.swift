internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue replace plan`
struct QueueReplacePlan: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Put a plan in the place of an item.",
        usage: "qserver queue replace plan <uid> <plan> [<options>]"
    )

    @Argument(help: "UID of the item in the queue.")
    var uid: String

    @Argument(
        help: "The plan as JSON or as a Python literal: {'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}."
    )
    var plan: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueItemUpdate(try .plan(word: plan, uid: uid), replace: true) }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.updated(reply) }
}
