internal import ArgumentParser

/// `qserver queue replace`
struct QueueReplaceGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace",
        abstract: "Put a plan or an instruction in the place of an item; it gets a new UID.",
        subcommands: [QueueReplacePlan.self, QueueReplaceInstruction.self]
    )
}
