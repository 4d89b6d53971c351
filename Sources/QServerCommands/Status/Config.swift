internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver config`
struct Config: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the manager's configuration.",
        usage: "qserver config [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .configGet }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        Outline.text(reply["config"] ?? [:])
    }
}
