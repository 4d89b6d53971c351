internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue add plan`
struct QueueAddPlan: PlanWaitingCommand, OptionallyWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Add a plan to the queue.",
        usage: "qserver queue add plan [<position>] <plan> [<options>]",
        discussion: "\(PlanHelp.position)\n\n\(PlanHelp.discussion)"
    )

    @Argument(help: ArgumentHelp("\(PlanHelp.plan)", valueName: "plan"), completion: .byWords)
    var words: [String]

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func submission() throws -> PlanSubmission {
        var rest = words[...]
        let position = try ItemPosition(taking: &rest)
        return PlanSubmission(plan: try PlanWords(rest)) { .queueItemAdd($0, at: position) }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.added(reply) }
}
