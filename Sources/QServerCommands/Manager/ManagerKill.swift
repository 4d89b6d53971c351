internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver manager kill`
struct ManagerKill: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Freeze the manager so that it is restarted; only for tests. There is no answer.",
        usage: "qserver manager kill test [<options>]"
    )

    enum Confirmation: String, ExpressibleByArgument, CaseIterable { case test }

    @Argument(help: "Must be given, so that nobody does this by mistake.")
    var confirmation: Confirmation

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .managerKill }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "The manager answered although it was told to freeze."
    }
}
