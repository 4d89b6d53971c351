public import EventModel
public import RunEngine
public import Wire

/// Single messages about runs, events and interruptions.
extension PlanContext {
    /// Does nothing.
    public func null() async throws { try await send(.null) }

    /// From here on a pause need not go back further than here.
    public func checkpoint() async throws { try await send(.checkpoint) }

    /// For the rest of the call no pause is possible: one that is asked for aborts the plan.
    public func clearCheckpoint() async throws { try await send(.clearCheckpoint) }

    /// Turns the keeping of messages for replay on or off, or asks with nil. Returns the present setting.
    @discardableResult
    public func rewindable(_ flag: Bool?) async throws -> Bool { try await send(.rewindable(flag)).bool ?? true }

    /// Pauses here, until somebody resumes the plan.
    public func pause() async throws { try await send(.pause(deferred: false)) }

    /// Pauses at the next checkpoint, until somebody resumes the plan.
    public func deferredPause() async throws { try await send(.pause(deferred: true)) }

    /// Waits for so many seconds; a pause or an end interrupts it.
    public func sleep(_ seconds: Double) async throws { try await send(.sleep(seconds: seconds)) }

    /// Opens a run with these metadata. Returns its uid.
    @discardableResult
    public func openRun(metadata: JSONObject = [:]) async throws -> String {
        try await send(.openRun(metadata: metadata)).runUID ?? ""
    }

    /// Closes the run, as a success unless told otherwise. Returns its uid.
    @discardableResult
    public func closeRun(exitStatus: ExitStatus? = nil, reason: String? = nil) async throws -> String {
        try await send(.closeRun(exitStatus: exitStatus, reason: reason)).runUID ?? ""
    }

    /// Fixes the devices of a stream and emits its descriptor, before its first event.
    @discardableResult
    public func declareStream(_ devices: [any Device], name: String, collect: Bool = false) async throws
        -> EventDescriptor?
    {
        guard case .descriptor(let descriptor) = try await send(.declareStream(devices, name: name, collect: collect))
        else { return nil }
        return descriptor
    }

    /// Begins an event of this stream.
    public func create(_ stream: String = "primary") async throws { try await send(.create(stream: stream)) }

    /// Reads a device, into the event if one has been begun.
    @discardableResult
    public func read(_ device: any Readable) async throws -> Readings {
        try await send(.read(device)).readings ?? [:]
    }

    /// Ends the event and emits it.
    public func save() async throws { try await send(.save) }

    /// Ends the event and forgets it.
    public func drop() async throws { try await send(.drop) }
}
