internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver queue stop`
struct QueueStop: QueueWaitingCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the queue after the running item.",
        usage: "qserver queue stop [cancel] [<options>]"
    )

    enum CancelWord: String, ExpressibleByArgument, CaseIterable { case cancel }

    @Argument(help: "Withdraw an earlier request to stop.")
    var cancel: CancelWord?

    @OptionGroup
    var waiting: WaitOptions

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { cancel == nil ? .queueStop : .queueStopCancel }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        cancel == nil ? "The queue stops after the running item." : "The queue goes on."
    }
}
