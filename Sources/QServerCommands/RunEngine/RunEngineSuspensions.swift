internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver re suspensions`
struct RunEngineSuspensions: WatchableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspensions",
        abstract: "Show what holds plans at present.",
        usage: "qserver re suspensions [<options>]"
    )

    @OptionGroup
    var watching: WatchOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .reSuspensions }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        let holds = (reply["suspensions"]?.array ?? []).compactMap { $0.string?.onOneLine }
        return holds.isEmpty ? "Nothing holds plans." : holds.joined(separator: "\n")
    }
}
