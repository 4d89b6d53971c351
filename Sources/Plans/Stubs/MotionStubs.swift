internal import EventModel
public import RunEngine
internal import Wire

/// A device and where it is to go.
public struct Move: Sendable {
    /// The device.
    public let device: any Movable
    /// Where it is to go.
    public let setpoint: any SetpointValue

    /// A device and where it is to go.
    public init(_ device: any Movable, _ setpoint: any SetpointValue) {
        self.device = device
        self.setpoint = setpoint
    }
}

/// Setting devices and waiting for them.
extension PlanContext {
    /// Begins to set a device. Does not wait for it unless told to.
    @discardableResult
    public func set(
        _ device: any Movable,
        _ setpoint: some SetpointValue,
        group: String? = nil,
        wait: Bool = false
    ) async throws -> Status {
        let group = wait ? group ?? newUID() : group
        let status = try await send(.set(device, setpoint.setpoint, group: group)).status ?? .finished
        if wait { try await self.wait(group) }
        return status
    }

    /// Begins to trigger a device. Does not wait for it unless told to.
    @discardableResult
    public func trigger(
        _ device: any Triggerable,
        group: String? = nil,
        wait: Bool = false
    ) async throws -> Status {
        let status = try await send(.trigger(device, group: group)).status ?? .finished
        if wait { try await self.wait(group) }
        return status
    }

    /// Waits until everything that was begun in the group is done. Returns whether it is.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - timeout: The longest wait in seconds.
    ///   - errorOnTimeout: Whether a wait that takes too long throws ``WaitTimeout``. If not, the answer is false and
    ///     the group can be waited for again.
    ///   - watch: Other groups, whose failure ends the wait.
    @discardableResult
    public func wait(
        _ group: String?,
        timeout: Double? = nil,
        errorOnTimeout: Bool = true,
        watch: [String?] = []
    ) async throws -> Bool {
        let wait = Wait(group, timeout: timeout, errorOnTimeout: errorOnTimeout, watch: watch)
        return try await send(.wait(wait)).bool ?? false
    }

    /// Sets a device and waits until it is there.
    @discardableResult
    public func mv(_ device: any Movable, _ setpoint: some SetpointValue, timeout: Double? = nil) async throws -> Status
    {
        try await mv([Move(device, setpoint)], timeout: timeout).first ?? .finished
    }

    /// Sets several devices at the same time and waits until all are there.
    @discardableResult
    public func mv(_ moves: [Move], timeout: Double? = nil) async throws -> [Status] {
        let group = newUID()
        var statuses: [Status] = []
        for move in moves {
            let response = try await send(.set(move.device, move.setpoint.setpoint, group: group))
            if let status = response.status { statuses.append(status) }
        }
        try await wait(group, timeout: timeout)
        return statuses
    }

    /// Begins to move a device by `distance` from where it is. Does not wait for it unless told to.
    @discardableResult
    public func relSet(
        _ device: any Movable,
        _ distance: some SetpointValue,
        group: String? = nil,
        wait: Bool = false
    ) async throws -> Status {
        try await withRelativeMoves { try await $0.set(device, distance, group: group, wait: wait) }
    }

    /// Moves a device by `distance` from where it is and waits until it is there.
    @discardableResult
    public func mvr(
        _ device: any Movable,
        _ distance: some SetpointValue,
        timeout: Double? = nil
    ) async throws -> Status {
        try await mvr([Move(device, distance)], timeout: timeout).first ?? .finished
    }

    /// Moves several devices at the same time by the distances that stand in for setpoints, and waits for all.
    @discardableResult
    public func mvr(_ moves: [Move], timeout: Double? = nil) async throws -> [Status] {
        try await withRelativeMoves { try await $0.mv(moves, timeout: timeout) }
    }

    /// Stops a device where it is.
    public func stop(_ device: any Stoppable) async throws { try await send(.stop(device)) }
}
