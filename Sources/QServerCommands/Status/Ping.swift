internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver ping`
struct Ping: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "ping",
        abstract: "Check that the manager answers.",
        usage: "qserver ping [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .ping }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        let status = ManagerStatus(reply)
        return "\(status.message) answers; it is \(words(status.managerState))."
    }
}
