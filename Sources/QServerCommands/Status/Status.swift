internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver status`
struct Status: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the manager, the environment and the queue do.",
        usage: "qserver status [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .status }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        StatusText.text(ManagerStatus(reply), on: display)
    }
}
