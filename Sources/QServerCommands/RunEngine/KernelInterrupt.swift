internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver kernel interrupt`
struct KernelInterrupt: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "interrupt",
        abstract: "Send an interrupt (Ctrl-C) to the IPython kernel.",
        usage: "qserver kernel interrupt [task|plan]... [<options>]"
    )

    enum Target: String, ExpressibleByArgument, CaseIterable { case task, plan }

    @Argument(help: "What may be interrupted besides an idle kernel.")
    var allowed: [Target] = []

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .kernelInterrupt(task: allowed.contains(.task), plan: allowed.contains(.plan)) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The kernel is being interrupted."
    }
}
