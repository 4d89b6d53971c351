internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver task result`
struct TaskResult: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "result",
        abstract: "Show the result of a task.",
        usage: "qserver task result <uid> [<options>]"
    )

    @Argument(help: "UID of the task.")
    var uid: String

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .taskResult(uid) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        TaskText.result(reply, on: display)
    }
}
