internal import QueueClient
internal import TerminalKit

extension CommandContext {
    /// Does the work, and meanwhile tells the user when the running plan is held, and by what.
    func tellingHolds<Result: Sendable>(
        from client: QueueClient,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let updates = try client.statusUpdates()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                await tellHolds(updates, from: client)
                return nil
            }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private func tellHolds(_ updates: AsyncStream<StatusUpdate>, from client: QueueClient) async {
        var last: [String] = []
        for await update in updates {
            guard case .status(let status) = update else { continue }
            // Who waits hears from the work itself that the manager does not answer.
            let holds = status.runningItemUID == nil ? [] : (try? await client.reSuspensions()) ?? last
            if holds != last, !holds.isEmpty {
                note("The running plan is held: \(holds.joined(separator: "; ").onOneLine)")
            }
            last = holds
        }
    }
}
