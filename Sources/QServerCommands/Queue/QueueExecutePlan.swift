internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue execute plan`
struct QueueExecutePlan: PlanWaitingCommand, OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Run a plan at once, outside the queue.",
        usage: "qserver queue execute plan <plan> [<options>]",
        discussion: PlanHelp.discussion
    )

    @Argument(help: ArgumentHelp("\(PlanHelp.plan)", valueName: "plan"), completion: .byWords)
    var words: [String]

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func submission() throws -> PlanSubmission {
        PlanSubmission(plan: try PlanWords(words[...])) { .queueItemExecute($0) }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.executed(reply) }
}
