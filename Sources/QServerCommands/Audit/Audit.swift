internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver audit`
struct Audit: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "List who asked for what, and what came of it.",
        usage: "qserver audit [--since <time>] [--user <name>] [--client <name>] [--method <name>] [<options>]",
        discussion: """
            Requests that only look are not on record. A time is a date (2026-11-21), a date and a time \
            (2026-11-21T08:30), a time of today (08:30), or how long ago (45s, 30m, 2h, 7d).
            """
    )

    @Option(help: ArgumentHelp("Requests of this time and later ones.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Requests before this time.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("Requests with the key of this name.", valueName: "name"))
    var client: String?

    @Option(help: ArgumentHelp("Requests for this method of the API, such as queue_item_add.", valueName: "name"))
    var method: String?

    @Option(help: ArgumentHelp("How many, the newest ones (default: 1000).", valueName: "count"))
    var limit: Int?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func request() throws -> Request {
        var filter = AuditFilter()
        filter.since = try time(since, "--since")
        filter.until = try time(until, "--until")
        // Nothing is submitted here, so the user can only be the one who is looked for.
        filter.user = connection.user
        filter.client = client
        filter.method = method
        if let limit {
            guard (1...10_000).contains(limit) else {
                throw CommandFailure.parameters("--limit must be from 1 to 10000, not \(limit)")
            }
            filter.limit = limit
        }
        return .auditGet(filter)
    }

    private func time(_ text: String?, _ option: String) throws -> Double? {
        try text.map { text in
            if let time = PastTime.seconds(text, now: Clock.now) { return time }
            throw CommandFailure.parameters(
                "\(option) must be like 2026-11-21, 2026-11-21T08:30, 08:30 or 2h (ago), not '\(text)'"
            )
        }
    }

    func describe(_ reply: JSONObject, on display: Display) -> String { AuditText.text(reply, on: display) }
}
