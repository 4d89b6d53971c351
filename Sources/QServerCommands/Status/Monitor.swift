internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver monitor`
struct Monitor: Command {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Print a line whenever the state of the manager changes, until interrupted."
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run(in context: CommandContext) async throws {
    }
}
