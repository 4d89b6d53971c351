internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue update plan`
struct QueueUpdatePlan: PlanCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Put a plan in the place of an item.",
        usage: "qserver queue update plan <uid> <plan> [<options>]",
        discussion: PlanHelp.discussion
    )

    @Argument(help: "UID of the item in the queue, or its first characters.", completion: .byWords)
    var uid: String

    @Argument(help: ArgumentHelp("\(PlanHelp.plan)", valueName: "plan"), completion: .byWords)
    var words: [String]

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func submission() throws -> PlanSubmission {
        PlanSubmission(plan: try PlanWords(words[...], uid: uid)) { .queueItemUpdate($0, replace: false) }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.updated(reply) }
}
