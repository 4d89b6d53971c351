internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver run`
struct RunPlan: PlanWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a plan now, show what it prints, and wait until it has ended.",
        usage: "qserver run <plan> [<options>]",
        discussion: """
            The plan is run outside the queue, so the environment must be open and the manager idle. If it is busy, \
            'qserver queue add plan <plan> --wait' runs the plan when its turn comes. Ctrl-C ends only the watching.

            \(PlanHelp.discussion)

            Exit codes: 0 completed, 5 failed, 6 stopped, 7 aborted or halted, 8 paused, 124 not done in time, \
            130 no longer watched.
            """
    )

    @Argument(help: ArgumentHelp("\(PlanHelp.plan)", valueName: "plan"), completion: .byWords)
    var words: [String]

    @OptionGroup
    var waitLimit: WaitTimeout

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    var waits: Bool { true }

    func submission() throws -> PlanSubmission {
        PlanSubmission(plan: try PlanWords(words[...])) { .queueItemExecute($0) }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { QueueText.executed(reply) }
}
