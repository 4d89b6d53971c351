internal import QueueClient
internal import TerminalKit
internal import Wire

extension Outcome {
    /// How an item ended.
    init(_ item: QueueItem) {
        let result = item.result
        let status = result?.exitStatus ?? "unknown"
        let reason = result.map(\.message).flatMap { $0.isEmpty ? nil : ": " + $0 } ?? ""
        self.init(
            text: "\(item.call) \(words(status))\(status == "completed" ? item.runsInWords : reason)",
            status: QServerExitCode(exitStatus: status),
            document: .object(item.raw)
        )
    }

    /// What the environment has become.
    static func environment(_ status: ManagerStatus, _ text: String) -> Outcome {
        Outcome(text: text, document: .object(status.raw))
    }

    /// How a task went.
    ///
    /// - Throws: ``QueueClientError``.
    static func task(
        _ reply: JSONObject,
        from client: QueueClient,
        timeout: Duration,
        on display: Display
    ) async throws -> Outcome {
        let report = try await client.waitForTask(reply["task_uid"]?.string ?? "", timeout: timeout)
        let document: JSONObject = ["status": .string(report.status), "result": .object(report.result)]
        func failure(_ text: String) -> Outcome {
            Outcome(text: text, status: .operationFailed, document: .object(document))
        }
        guard report.isCompleted else { return failure("the task is lost: the environment was closed while it ran") }
        guard report.succeeded else {
            let reason = report.message.isEmpty ? "it gave no reason" : report.message
            return failure("the task failed: \(reason)" + TaskText.endOfTraceback(report))
        }
        return Outcome(text: TaskText.result(document, on: display), document: .object(document))
    }

    /// How the items went that ended since `before`, when the queue has stopped or a plan is paused.
    ///
    /// - Parameter expected: How the last of them is meant to end.
    /// - Throws: ``QueueClientError``.
    static func queue(
        since before: WaitStart,
        from client: QueueClient,
        timeout: Duration,
        expecting expected: String = "completed"
    ) async throws -> Outcome {
        let after = try await client.waitForIdleOrPaused(timeout: timeout)
        let ended = before.ended(in: try await client.historyGet())
        let document: JSONObject = [
            "status": .object(after.raw), "items": .array(ended.map { .object($0.raw) }),
        ]
        if after.isPaused {
            let text = "the plan is paused (qserver re resume, stop, abort or halt)"
            return Outcome(text: text, status: .paused, document: .object(document))
        }
        if let last = ended.last, let status = last.result?.exitStatus, status != "completed" {
            let outcome = Outcome(last)
            let items = after.itemsInQueue == 0 ? [] : try await client.queueGet().items
            let isHeld = items.contains { $0.isHeld && $0.call == last.call }
            return Outcome(
                text: outcome.text + (isHeld ? "\nIt is held in the queue; \(Outcome.release)." : ""),
                status: status == expected ? .success : outcome.status,
                document: .object(document)
            )
        }
        let rest = after.itemsInQueue == 0 ? "" : try await Outcome.rest(of: client.queueGet().items)
        return Outcome(text: "\(count(ended.count, "item")) completed\(rest).", document: .object(document))
    }

    /// What is left in the queue, and why where items are held.
    private static func rest(of items: [QueueItem]) -> String {
        if items.isEmpty { return "" }
        let left = ", \(count(items.count, "item")) left in the queue"
        let held = items.count(where: \.isHeld)
        guard held > 0 else { return left }
        let which = held == items.count ? "" : "\(held) of them "
        return "\(left), \(which)held; \(release)"
    }

    private static let release = "'qserver queue item release <item>' lets an item run"
}

extension QServerExitCode {
    /// The code for how an item ended.
    init(exitStatus: String) {
        switch exitStatus {
        case "completed": self = .success
        case "stopped": self = .stopped
        case "aborted", "halted": self = .aborted
        default: self = .operationFailed
        }
    }
}
