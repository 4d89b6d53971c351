internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver task status`
struct TaskStatus: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show whether a task is done.",
        usage: "qserver task status <uid> [<options>]"
    )

    @Argument(help: "UID of the task.")
    var uid: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .taskStatus(uid) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        "\(words(reply["status"]?.string ?? "unknown"))"
    }
}
