internal import ArgumentParser

/// `qserver existing`
struct ExistingGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "existing",
        abstract: "List all plans and devices.",
        subcommands: [ExistingPlans.self, ExistingDevices.self]
    )
}
