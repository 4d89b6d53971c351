internal import EventModel
public import RunEngine

/// Devices that are made ready for a part of a plan.
extension PlanContext {
    /// Stages the devices, does `body`, and unstages them in reverse order, whatever happened short of a halt.
    ///
    /// What is staged is the whole device of which each is a part, once.
    public func withStaged<Result>(
        _ devices: [any Device],
        _ body: () async throws -> Result
    ) async throws -> Result {
        var identifiers: Set<ObjectIdentifier> = []
        let roots = devices.map { $0.root }.filter { identifiers.insert(ObjectIdentifier($0)).inserted }
        return try await finalize {
            try await stageAll(roots)
            return try await body()
        } final: {
            try await unstageAll(roots.reversed())
        }
    }

    /// Stages the devices, one after the other, and waits for those that take their time.
    public func stageAll(_ devices: [any Device]) async throws {
        try await sendAll(devices) { .stage($0, group: $1) }
    }

    /// Unstages the devices, one after the other, and waits for those that take their time.
    public func unstageAll(_ devices: [any Device]) async throws {
        try await sendAll(devices) { .unstage($0, group: $1) }
    }

    private func sendAll(_ devices: [any Device], _ command: (any Device, String) -> Command) async throws {
        let group = newUID()
        var isPending = false
        for device in devices {
            if try await send(command(device, group)).status != nil { isPending = true }
        }
        if isPending { try await wait(group) }
    }
}
