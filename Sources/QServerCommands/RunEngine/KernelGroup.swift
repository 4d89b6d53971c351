internal import ArgumentParser

/// `qserver kernel`
struct KernelGroup: GroupCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel",
        abstract: "Interrupt the IPython kernel of the environment.",
        subcommands: [KernelInterrupt.self]
    )
}
