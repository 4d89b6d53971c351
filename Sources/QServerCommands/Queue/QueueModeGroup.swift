internal import ArgumentParser

/// `qserver queue mode`
struct QueueModeGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "mode",
        abstract: "Set what happens to items that end.",
        subcommands: [QueueModeSet.self]
    )
}
