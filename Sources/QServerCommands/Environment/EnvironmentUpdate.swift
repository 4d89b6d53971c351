internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver environment update`
struct EnvironmentUpdate: TaskWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Let the environment look for new plans and devices.",
        usage: "qserver environment update [background] [<options>]"
    )

    @Argument(help: "Do it beside a running plan or task.")
    var background: BackgroundWord?

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .environmentUpdate(inBackground: background != nil) }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        TaskText.started(reply)
    }
}
