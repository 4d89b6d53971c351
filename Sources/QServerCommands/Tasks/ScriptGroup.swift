internal import ArgumentParser

/// `qserver script`
struct ScriptGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "script",
        abstract: "Run scripts in the environment.",
        subcommands: [ScriptUpload.self]
    )
}
