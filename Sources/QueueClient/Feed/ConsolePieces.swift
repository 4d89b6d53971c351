extension QueueClient {
    /// The console output since a time, as it comes, until the sequence is no longer in use.
    ///
    /// The manager is asked ten times a second, so nothing is lost and nothing need be published. A bluesky-queueserver
    /// cannot be asked: what it publishes arrives from now on.
    ///
    /// - Parameter time: In seconds since 1970, by the manager's clock.
    /// - Throws: ``QueueClientError/badAddress(_:reason:)``.
    public nonisolated func consolePieces(since time: Double) throws -> AsyncStream<ConsolePiece> {
        let published = try messages([.console])
        let (stream, continuation) = AsyncStream.makeStream(of: ConsolePiece.self)
        let task = Task {
            defer { continuation.finish() }
            do {
                try await poll(since: time, continuation)
            } catch QueueClientError.refused {
                for await case .console(let time, let text) in published {
                    continuation.yield(ConsolePiece(time: time, text: text))
                }
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    /// - Throws: ``QueueClientError/refused(method:message:reply:)``, `CancellationError`.
    private nonisolated func poll(
        since time: Double,
        _ continuation: AsyncStream<ConsolePiece>.Continuation
    ) async throws {
        var uid = "ALL"
        while true {
            do {
                let update = try await consoleOutputUpdate(after: uid)
                for piece in update.pieces where uid != "ALL" || piece.time >= time { continuation.yield(piece) }
                uid = update.uid
            } catch let error as QueueClientError {
                // A manager that is being restarted answers again soon.
                if case .refused = error { throw error }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}
