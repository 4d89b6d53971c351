internal import ArgumentParser

/// `qserver queue add`
struct QueueAddGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a plan or an instruction to the queue.",
        subcommands: [QueueAddPlan.self, QueueAddInstruction.self]
    )
}
