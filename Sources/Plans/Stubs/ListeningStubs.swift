public import EventModel
public import RunEngine

/// Listening to devices, documents and people.
extension PlanContext {
    /// Records each change of a device in a stream of its own.
    public func monitor(_ device: any Subscribable, stream: String? = nil) async throws {
        try await send(.monitor(device, stream: stream))
    }

    /// Ends that.
    public func unmonitor(_ device: any Subscribable) async throws { try await send(.unmonitor(device)) }

    /// Hands all documents of a kind, or of all kinds, to a sink, until the next call of the engine at the latest.
    public func subscribe(_ sink: any DocumentSink, to name: DocumentName? = nil) async throws -> SubscriptionToken? {
        guard case .token(let token) = try await send(.subscribe(sink, to: name)) else { return nil }
        return token
    }

    /// Ends a subscription.
    public func unsubscribe(_ token: SubscriptionToken) async throws { try await send(.unsubscribe(token)) }

    /// Lets a suspender hold plans from here on.
    public func installSuspender(_ suspender: Suspender) async throws { try await send(.installSuspender(suspender)) }

    /// Ends that.
    public func removeSuspender(_ suspender: Suspender) async throws { try await send(.removeSuspender(suspender)) }

    /// Waits until all of these have ended.
    ///
    /// - Throws: `FailedStatus` if one of them failed, `WaitTimeout` if they took longer than `timeout` seconds.
    public func waitFor(_ statuses: [Status], timeout: Double? = nil) async throws {
        try await send(.waitFor(statuses, timeout: timeout))
    }

    /// Asks the user.
    ///
    /// - Throws: `InputUnavailable` if nobody can answer.
    public func input(_ prompt: String = "") async throws -> String {
        guard case .text(let answer) = try await send(.input(prompt: prompt)) else { return "" }
        return answer
    }
}
