public import RunEngine

/// Doing something whatever happens.
extension PlanContext {
    /// Does `body`, and then `final`: after success, failure, stop and abort, but not after a halt.
    public func finalize<Result>(
        _ body: () async throws -> Result,
        final: () async throws -> Void
    ) async throws -> Result {
        try await contingency(body, finally: final)
    }

    /// Does `body`, and what depends on how it went. Nothing of that is done after a halt.
    ///
    /// - Parameters:
    ///   - body: What to do.
    ///   - onError: Done when `body` threw. The error is thrown again afterwards.
    ///   - onSuccess: Done when `body` threw nothing.
    ///   - finally: Done last, in any case.
    public func contingency<Result>(
        _ body: () async throws -> Result,
        onError: (any Error) async throws -> Void = { _ in },
        onSuccess: () async throws -> Void = {},
        finally: () async throws -> Void = {}
    ) async throws -> Result {
        let result: Result
        do {
            do {
                result = try await body()
            } catch let error where !(error is PlanHalt) {
                try await onError(error)
                throw error
            }
            try await onSuccess()
        } catch let error where !(error is PlanHalt) {
            try await finally()
            throw error
        }
        try await finally()
        return result
    }
}
