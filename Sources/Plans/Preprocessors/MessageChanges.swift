public import RunEngine
public import Wire

/// Parts of a plan whose messages are changed on their way.
extension PlanContext {
    /// Does `body` in a context that changes each message, or swallows it where `change` returns nil. What is
    /// swallowed is answered with ``RunEngine/Response/null``.
    public func withMessages<Result>(
        changedBy change: @escaping (Message) -> Message?,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        let context = FilteringContext(self) { message, next in
            guard let changed = change(message) else { return .null }
            return try await next.send(changed)
        }
        return try await body(context)
    }

    /// Adds metadata to each run that `body` opens. They win over those of the run.
    public func withMetadata<Result>(
        _ metadata: JSONObject,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        try await withMessages { message in
            guard case .openRun(let own) = message.command else { return message }
            return Message(.openRun(metadata: own.merging(metadata)), run: message.run)
        } _: {
            try await body($0)
        }
    }

    /// Gives the messages of `body` that have no run key this one, so that several runs can be open at once.
    public func withRunKey<Result>(
        _ key: RunKey,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        try await withMessages { message in
            message.run == nil ? Message(message.command, run: key) : message
        } _: {
            try await body($0)
        }
    }

    /// Does `body` as a part of a larger plan: without runs of its own, and without staging. Returns the metadata of
    /// the runs that were left out.
    @discardableResult
    public func asStub(_ body: (PlanContext) async throws -> Void) async throws -> JSONObject {
        var metadata: JSONObject = [:]
        let context = FilteringContext(self) { message, next in
            switch message.command {
            case .openRun(let own):
                metadata = metadata.merging(own)
                return .null
            case .closeRun, .stage, .unstage: return .null
            default: return try await next.send(message)
            }
        }
        try await body(context)
        return metadata
    }

    /// Prints what `body` is about to do: runs, moves, and what is read into events.
    public func printingSummary<Result>(
        _ print: @escaping (String) -> Void,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        var read: [String] = []
        let context = FilteringContext(self) { message, next in
            switch message.command {
            case .openRun: print("\(String(repeating: "=", count: 33)) Open Run \(String(repeating: "=", count: 33))")
            case .closeRun: print("\(String(repeating: "=", count: 32)) Close Run \(String(repeating: "=", count: 33))")
            case .set(let device, let setpoint, _): print("\(device.name) -> \(setpoint.encodedText)")
            case .create: read = []
            case .read(let device): read.append(device.name)
            case .save: print("  Read [\(read.joined(separator: ", "))]")
            default: break
            }
            return try await next.send(message)
        }
        return try await body(context)
    }

    /// Does `body` while nothing is kept for replay: after a pause in it, the plan goes on with the next message.
    public func withoutRewinding<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard try await rewindable(nil) else { return try await body() }
        try await rewindable(false)
        return try await finalize(body) { try await rewindable(true) }
    }
}
