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

    enum State: String, ExpressibleByArgument, CaseIterable {
        case enable, disable, on, off

        var isOn: Bool { self == .enable || self == .on }
    }

    @Argument(help: "Whether the queue starts by itself.")
    var state: State

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .queueAutostart(enable: state.isOn) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "Autostart is \(state.isOn ? "on" : "off")."
    }
}
