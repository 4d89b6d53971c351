internal import ArgumentParser

/// `qserver queue update`
struct QueueUpdateGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Put a plan or an instruction in the place of an item, which keeps its UID.",
        subcommands: [QueueUpdatePlan.self, QueueUpdateInstruction.self]
    )
}
