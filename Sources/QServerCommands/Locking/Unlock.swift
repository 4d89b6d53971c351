internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver unlock`
struct Unlock: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Remove the lock; needs its key (--lock-key).",
        usage: "qserver unlock [<options>]"
    )

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request { .unlock }

    func describe(_ reply: JSONObject, on display: Display) -> String {
        LockText.text(reply, on: display)
    }
}
