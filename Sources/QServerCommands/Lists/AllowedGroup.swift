internal import ArgumentParser

/// `qserver allowed`
struct AllowedGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "allowed",
        abstract: "List the plans and devices that the user group may use.",
        subcommands: [AllowedPlans.self, AllowedDevices.self]
    )
}
