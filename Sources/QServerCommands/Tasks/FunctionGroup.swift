internal import ArgumentParser

/// `qserver function`
struct FunctionGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "function",
        abstract: "Call functions in the environment.",
        subcommands: [FunctionExecute.self]
    )
}
