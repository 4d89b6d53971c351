internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver manager stop`
struct ManagerStop: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the manager.",
        usage: "qserver manager stop [safe on|safe off] [<options>]"
    )

    @Argument(
        help: "safe on (the default): only if it is idle. safe off: at once, with whatever runs.",
        completion: .byWords
    )
    var words: [String] = []

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        switch words {
        case []: return .managerStop()
        case ["safe", "on"], ["safe_on"]: return .managerStop(.safeOn)
        case ["safe", "off"], ["safe_off"]: return .managerStop(.safeOff)
        default:
            throw CommandFailure.parameters(
                "'manager stop' takes 'safe on' or 'safe off', not '\(words.joined(separator: " "))'"
            )
        }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { "The manager is being stopped." }
}
