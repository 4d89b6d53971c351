internal import QueueClient

/// What was there before something was started that is waited for.
struct WaitStart: Sendable {
    let status: ManagerStatus
    /// Identifier of the newest item in the history.
    private let newestUID: String?

    /// Asks the manager.
    ///
    /// - Throws: ``QueueClientError``.
    init(_ client: QueueClient) async throws {
        status = try await client.status()
        newestUID = status.itemsInHistory == 0 ? nil : try await client.historyGet().last?.uid
    }

    /// The items that ended since, oldest first. The history may have been cut at its old end meanwhile.
    func ended(in history: [QueueItem]) -> [QueueItem] {
        guard let newestUID, let index = history.lastIndex(where: { $0.uid == newestUID }) else { return history }
        return Array(history[(index + 1)...])
    }
}
