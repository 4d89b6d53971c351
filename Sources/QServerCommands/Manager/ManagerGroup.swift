internal import ArgumentParser

/// `qserver manager`
struct ManagerGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "manager",
        abstract: "Stop the manager.",
        subcommands: [ManagerStop.self, ManagerKill.self]
    )
}
