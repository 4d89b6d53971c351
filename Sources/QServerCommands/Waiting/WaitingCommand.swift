internal import QueueClient
internal import TerminalKit
internal import Wire

/// A command whose request starts something that goes on after the reply.
protocol WaitingCommand: RequestCommand {
    var waiting: WaitOptions { get }

    /// Waits until what was started is done and tells how it went.
    ///
    /// - Parameters:
    ///   - reply: The manager's reply to the request.
    ///   - before: The manager's status before the request.
    /// - Throws: ``CommandFailure`` with ``QServerExitCode/operationFailed``, or ``QueueClientError``.
    func outcome(
        of reply: JSONObject,
        since before: ManagerStatus,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> String
}

extension WaitingCommand {
    func run(in context: CommandContext) async throws {
        // Both may refuse the command line, which must happen before anything is sent.
        let request = try request().completed(with: context.configuration)
        _ = try waiting.timeout()
        let client = try context.client()
        guard waiting.wait else {
            try await perform(request, with: client, in: context)
            return
        }
        let before = try await client.status()
        let reply = try await perform(request, with: client, in: context)
        let outcome = try await outcome(of: reply, since: before, from: client, in: context)
        if !connection.json { context.print(outcome) }
    }
}

/// How a task went.
///
/// - Throws: ``CommandFailure`` if it failed.
func taskOutcome(
    _ reply: JSONObject,
    from client: QueueClient,
    timeout: Duration,
    on display: Display
) async throws -> String {
    let report = try await client.waitForTask(reply["task_uid"]?.string ?? "", timeout: timeout)
    guard report.isCompleted else {
        throw CommandFailure.operation("the task is lost: the environment was closed while it ran")
    }
    guard report.succeeded else {
        let message = report.message.isEmpty ? "it gave no reason" : report.message
        throw CommandFailure.operation("the task failed: \(message)")
    }
    return TaskText.result(["status": .string(report.status), "result": .object(report.result)], on: display)
}

/// How the items went that ended since `before`.
///
/// - Throws: ``CommandFailure`` if the last of them did not complete or if a plan is paused.
func queueOutcome(since before: ManagerStatus, from client: QueueClient, timeout: Duration) async throws -> String {
    let after = try await client.waitForIdleOrPaused(timeout: timeout)
    if after.isPaused { throw CommandFailure.operation("the plan is paused") }
    let ended = try await client.historyGet().dropFirst(before.itemsInHistory)
    if let last = ended.last, let result = last.result, result.exitStatus != "completed" {
        let reason = result.message.isEmpty ? "" : ": " + result.message.onOneLine
        throw CommandFailure.operation("\(last.call) \(result.exitStatus)\(reason)")
    }
    let rest = after.itemsInQueue == 0 ? "" : ", \(count(after.itemsInQueue, "item")) left in the queue"
    return "\(count(ended.count, "item")) completed\(rest)."
}
