internal import QueueClient
internal import TerminalKit
internal import Wire

/// A command whose request starts something that goes on after the reply.
protocol WaitingCommand: RequestCommand {
    /// Whether to wait.
    var waits: Bool { get }
    /// How long to wait.
    var waitLimit: WaitTimeout { get }

    /// What to tell the user who stops waiting.
    var goesOn: String { get }

    /// Waits until what was started is done and tells how it went.
    ///
    /// - Parameters:
    ///   - reply: The manager's reply to the request.
    ///   - before: What was there before the request.
    /// - Throws: ``QueueClientError``.
    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome
}

/// How something ended that was waited for.
struct Outcome: Sendable {
    /// For people: what came of it, or why it failed.
    let text: String
    var status = QServerExitCode.success
    /// For programs: `outcome` of what `--json` prints.
    let document: JSONValue
}

/// A waiting command that waits only if it is told to.
protocol OptionallyWaitingCommand: WaitingCommand {
    var waiting: WaitOptions { get }
}

extension OptionallyWaitingCommand {
    var waits: Bool { waiting.wait }
    var waitLimit: WaitTimeout { waiting.limit }
}

extension WaitingCommand {
    var goesOn: String { "No longer waiting; what was started goes on. 'qserver status' shows it." }

    func run(in context: CommandContext) async throws {
        // Both may refuse the command line, which must happen before anything is sent.
        _ = try waitLimit.timeout()
        let client = try prepare(in: context)
        let request = try await request(knownTo: client)
        guard waits else {
            try await show(send(request, with: client, in: context), from: client, in: context)
            return
        }
        let before = try await WaitStart(client)
        let reply = try await send(request, with: client, in: context)
        if !connection.json { try await show(reply, from: client, in: context) }
        let outcome = try await context.untilInterrupted(saying: goesOn) {
            try await self.outcome(of: reply, since: before, from: client, in: context)
        }
        var document = reply
        document["outcome"] = outcome.document
        guard outcome.status == .success else {
            document["success"] = false
            document["msg"] = .string(outcome.text)
            throw CommandFailure(status: outcome.status, message: outcome.text, document: document)
        }
        context.print(connection.json ? JSONValue.object(document).encodedText : outcome.text)
    }
}
