internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue autostart`
struct QueueAutostart: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "autostart",
        abstract: "Let the queue start by itself whenever it can.",
        usage: "qserver queue autostart enable|disable [<options>]"
    )

    enum State: String, ExpressibleByArgument, CaseIterable { case enable, disable }

    @Argument(help: "Whether the queue starts by itself.")
    var state: State

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueAutostart(enable: state == .enable) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "Autostart is \(state == .enable ? "on" : "off")."
    }
}
