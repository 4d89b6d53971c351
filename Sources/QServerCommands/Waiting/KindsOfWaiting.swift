internal import QueueClient
internal import Wire

/// A command that is done when the queue has stopped.
protocol QueueWaitingCommand: OptionallyWaitingCommand {
    /// How the last item is meant to end; `completed` is good in any case.
    var expectedEnd: String { get }
}

extension QueueWaitingCommand {
    var expectedEnd: String { "completed" }

    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        let timeout = try waitLimit.timeout()
        let expected = expectedEnd
        @Sendable func wait() async throws -> Outcome {
            try await .queue(since: before, from: client, timeout: timeout, expecting: expected)
        }
        return try await connection.json ? wait() : context.tellingHolds(from: client, wait)
    }
}

/// A command that is done when the task is that its reply names.
protocol TaskWaitingCommand: OptionallyWaitingCommand {}

extension TaskWaitingCommand {
    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        try await .task(reply, from: client, timeout: waitLimit.timeout(), on: context.display)
    }
}
