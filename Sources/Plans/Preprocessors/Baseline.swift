public import RunEngine

/// Readings at the beginning and at the end of each run.
extension PlanContext {
    /// Does `body`, and reads these devices into a stream of their own after each run is opened and before it is
    /// closed.
    public func withBaseline<Result>(
        _ devices: [any Readable],
        stream: String = "baseline",
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        if devices.isEmpty { return try await body(self) }
        return try await duringRuns(body) { context in
            try await context.declareStream(devices, name: stream)
            try await context.triggerAndRead(devices, stream: stream)
        } before: { context in
            try await context.triggerAndRead(devices, stream: stream)
        }
    }

    /// Does `body` with the key of a run, if it has one.
    func keyed(_ key: RunKey?, _ body: (PlanContext) async throws -> Void) async throws {
        if let key { try await withRunKey(key, body) } else { try await body(self) }
    }
}
