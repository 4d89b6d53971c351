internal import EventModel
public import RunEngine
public import Wire

/// Runs around a part of a plan.
extension PlanContext {
    /// Opens a run, does `body`, and closes the run: as it was asked to end, or as failed if something went wrong.
    /// Returns the uid of the run.
    @discardableResult
    public func withRun<Result>(
        metadata: JSONObject = [:],
        _ body: () async throws -> Result
    ) async throws -> String {
        let uid = try await openRun(metadata: metadata)
        _ = try await contingency(body) { error in
            if let request = error as? any ControlError {
                try await closeRun(exitStatus: request.exitStatus)
            } else {
                try await closeRun(exitStatus: .fail, reason: "\(error)")
            }
        }
        try await closeRun()
        return uid
    }
}
