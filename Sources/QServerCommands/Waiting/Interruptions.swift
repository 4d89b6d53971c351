internal import Dispatch
internal import Glibc

/// Ctrl-C and SIGTERM as events, for commands that have something to say before they end.
enum Interruptions {
    /// The signals from now on. The process no longer ends by them.
    static func stream() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return SignalSource(source)
        }
        continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
        return stream
    }
}

/// - Note: `@unchecked` because Dispatch's sources may be cancelled from any thread but are not marked so.
private struct SignalSource: @unchecked Sendable {
    private let source: any DispatchSourceSignal

    init(_ source: any DispatchSourceSignal) { self.source = source }

    func cancel() { source.cancel() }
}

extension CommandContext {
    /// Does the work until it is done or the user wants an end.
    ///
    /// - Parameter message: What to tell the user about what goes on without this program.
    /// - Throws: what the work throws, ``CommandFailure`` with ``QServerExitCode/interrupted``.
    func untilInterrupted<Result: Sendable>(
        saying message: String,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let interruptions = interruptions()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                for await _ in interruptions { return nil }
                throw CancellationError()
            }
            guard let result = try await group.next() ?? nil else {
                throw CommandFailure(status: .interrupted, message: message)
            }
            return result
        }
    }
}
