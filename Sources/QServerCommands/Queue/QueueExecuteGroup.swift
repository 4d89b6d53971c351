internal import ArgumentParser

/// `qserver queue execute`
struct QueueExecuteGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "execute",
        abstract: "Run a plan or an instruction at once, outside the queue.",
        subcommands: [QueueExecutePlan.self, QueueExecuteInstruction.self]
    )
}
