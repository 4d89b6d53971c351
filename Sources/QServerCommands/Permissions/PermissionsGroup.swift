internal import ArgumentParser

/// `qserver permissions`
struct PermissionsGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "permissions",
        abstract: "Look at and set which group may use what.",
        subcommands: [PermissionsGet.self, PermissionsSet.self, PermissionsReload.self]
    )
}
