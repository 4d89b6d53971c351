internal import ArgumentParser
internal import QueueClient
internal import Wire

/// `qserver lock`
struct Lock: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock",
        abstract: "Lock the environment, the queue or both with a key, or show who locked what.",
        usage: "qserver lock [environment|queue|all|info] [<note>] [<options>]"
    )

    enum Scope: String, ExpressibleByArgument, CaseIterable { case environment, queue, all, info }

    @Argument(
        help: "What to lock; info (the default without a key) shows the lock and, with --lock-key, checks the key."
    )
    var scope: Scope?

    @Argument(help: "A note for others.")
    var note: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        guard let scope = scope ?? (connection.hasLockKey ? nil : .info) else {
            throw CommandFailure.parameters("what to lock is missing: environment, queue or all; info shows the lock")
        }
        if scope == .info {
            guard note == nil else { throw CommandFailure.parameters("'lock info' takes no note") }
            return .lockInfo
        }
        if let note, Scope(rawValue: note) != nil {
            throw CommandFailure.parameters("'lock' takes one of environment, queue, all; use 'all' to lock both")
        }
        return .lock(environment: scope != .queue, queue: scope != .environment, note: note)
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { LockText.text(reply, on: display) }
}
