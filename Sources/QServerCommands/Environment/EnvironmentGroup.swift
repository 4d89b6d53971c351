internal import ArgumentParser

/// `qserver environment`
struct EnvironmentGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "environment",
        abstract: "Open, close and update the environment in which plans run.",
        subcommands: [EnvironmentOpen.self, EnvironmentClose.self, EnvironmentDestroy.self, EnvironmentUpdate.self]
    )
}
