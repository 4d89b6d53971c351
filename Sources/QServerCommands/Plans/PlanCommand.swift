internal import ArgumentParser
internal import QueueClient
internal import Wire

/// A command that submits a plan.
protocol PlanCommand: RequestCommand {
    /// The plan and what the command line says beside it.
    ///
    /// - Throws: ``CommandFailure`` that shows what is wrong and where.
    func submission() throws -> PlanSubmission
}

/// A plan and the request that it becomes.
struct PlanSubmission: Sendable {
    let plan: PlanWords
    let request: @Sendable (QueueItem) -> Request
}

extension PlanCommand {
    func request() throws -> Request {
        let submission = try submission()
        return submission.request(submission.plan.item)
    }

    func request(knownTo client: QueueClient) async throws -> Request {
        let submission = try submission()
        return try await submission.request(submission.plan.item(knownTo: client)).completingUIDs(from: client)
    }
}

/// A command that can wait for the plan that it submits, and shows meanwhile what the plan prints.
protocol PlanWaitingCommand: PlanCommand, WaitingCommand {}

extension PlanWaitingCommand {
    var goesOn: String {
        """
        No longer watching; the plan stays in the queue or goes on. 'qserver status' shows it, 'qserver re pause' \
        pauses it.
        """
    }

    func outcome(
        of reply: JSONObject,
        since before: WaitStart,
        from client: QueueClient,
        in context: CommandContext
    ) async throws -> Outcome {
        let uid = reply["item"]?["item_uid"]?.string ?? ""
        let follower = ItemFollower(uid: uid, client: client, context: context, isQuiet: connection.json)
        let timeout = try waitLimit.timeout()
        if connection.json { return try await follower.outcome(timeout: timeout) }
        return try await context.tellingHolds(from: client) { try await follower.outcome(timeout: timeout) }
    }
}
