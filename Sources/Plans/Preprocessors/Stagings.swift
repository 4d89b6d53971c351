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

    /// Stages a device. Waits for one that takes its time only if told to; ``stageAll(_:group:)`` does.
    @discardableResult
    public func stage(_ device: any Device, group: String? = nil, wait: Bool = false) async throws -> Response {
        let response = try await send(.stage(device, group: group))
        if wait, response.status != nil { try await self.wait(group) }
        return response
    }

    /// Unstages a device. Waits for one that takes its time only if told to; ``unstageAll(_:group:)`` does.
    @discardableResult
    public func unstage(_ device: any Device, group: String? = nil, wait: Bool = false) async throws -> Response {
        let response = try await send(.unstage(device, group: group))
        if wait, response.status != nil { try await self.wait(group) }
        return response
    }

    /// Stages the devices, one after the other, and waits for those that take their time.
    public func stageAll(_ devices: [any Device], group: String? = nil) async throws {
        try await sendAll(devices, group: group ?? newUID()) { .stage($0, group: $1) }
    }

    /// Unstages the devices, one after the other, and waits for those that take their time.
    public func unstageAll(_ devices: [any Device], group: String? = nil) async throws {
        try await sendAll(devices, group: group ?? newUID()) { .unstage($0, group: $1) }
    }

    private func sendAll(
        _ devices: [any Device],
        group: String,
        _ command: (any Device, String) -> Command
    ) async throws {
        let responses = try await broadcast(to: devices) { command($0, group) }
        if responses.contains(where: { $0.status != nil }) { try await wait(group) }
    }
}
