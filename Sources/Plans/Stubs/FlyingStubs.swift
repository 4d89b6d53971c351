public import EventModel
public import RunEngine
public import Wire

/// Devices that take data by themselves.
extension PlanContext {
    /// Makes a device ready for what is to come.
    @discardableResult
    public func prepare(
        _ device: any Preparable,
        _ value: some SetpointValue,
        group: String? = nil,
        wait: Bool = false
    ) async throws -> Status {
        let status = try await send(.prepare(device, value.setpoint, group: group)).status ?? .finished
        if wait { try await self.wait(group) }
        return status
    }

    /// Lets a flyer begin.
    @discardableResult
    public func kickoff(_ flyer: any Flyable, group: String? = nil, wait: Bool = false) async throws -> Status {
        let status = try await send(.kickoff(flyer, group: group)).status ?? .finished
        if wait { try await self.wait(group) }
        return status
    }

    /// Lets several flyers begin together, and waits until all are under way unless told otherwise.
    public func kickoffAll(_ flyers: [any Flyable], group: String? = nil, wait: Bool = true) async throws {
        let group = group ?? newUID()
        for flyer in flyers { try await kickoff(flyer, group: group) }
        if wait { try await self.wait(group) }
    }

    /// Asks a flyer to finish.
    @discardableResult
    public func complete(_ flyer: any Flyable, group: String? = nil, wait: Bool = false) async throws -> Status {
        let status = try await send(.complete(flyer, group: group)).status ?? .finished
        if wait { try await self.wait(group) }
        return status
    }

    /// Asks several flyers to finish. Returns the group to wait for.
    @discardableResult
    public func completeAll(
        _ flyers: [any Flyable],
        group: String? = nil,
        wait: Bool = false
    ) async throws -> String {
        let group = group ?? newUID()
        for flyer in flyers { try await complete(flyer, group: group) }
        if wait { try await self.wait(group) }
        return group
    }

    /// Takes over what a flyer has recorded. Returns the events, as far as they are not kept elsewhere and the payload
    /// is wanted: long flights need not be kept in memory.
    @discardableResult
    public func collect(
        _ flyer: any Collectable,
        stream: String? = nil,
        returningPayload: Bool = true
    ) async throws -> [EventPage] {
        try await collect([flyer], stream: stream, returningPayload: returningPayload)
    }

    /// Takes over what several devices have recorded in step into a stream that was declared for them.
    @discardableResult
    public func collect(
        _ devices: [any Collectable],
        stream: String? = nil,
        returningPayload: Bool = true
    ) async throws -> [EventPage] {
        let command = Command.collect(devices, stream: stream, returnsPayload: returningPayload)
        guard case .pages(let pages) = try await send(command) else { return [] }
        return pages
    }

    /// Asks flyers to finish, and until they have, takes over again and again what has been recorded.
    ///
    /// - Parameters:
    ///   - flyers: Who is to finish.
    ///   - devices: Whose data are taken over; of a stream that was declared for them.
    ///   - stream: The stream, where there is a choice.
    ///   - flushPeriod: After how many seconds data are taken over at the latest; only at the end if nil.
    ///   - watch: Groups whose failure ends the wait.
    public func collectWhileCompleting(
        _ flyers: [any Flyable],
        _ devices: [any Collectable],
        stream: String? = nil,
        flushPeriod: Double? = nil,
        watch: [String?] = []
    ) async throws {
        let group = try await completeAll(flyers)
        var isDone = false
        while !isDone {
            isDone = try await wait(group, timeout: flushPeriod, errorOnTimeout: false, watch: watch)
            try await collect(devices, stream: stream)
        }
    }

    /// Changes settings of a device, which come into new descriptors of its streams. Returns the settings before and
    /// after; both are empty if the change was interrupted.
    @discardableResult
    public func configure(
        _ device: any Reconfigurable,
        _ settings: JSONObject
    ) async throws -> (old: Readings, new: Readings) {
        guard case .configured(let old, let new) = try await send(.configure(device, settings: settings)) else {
            return ([:], [:])
        }
        return (old, new)
    }
}
