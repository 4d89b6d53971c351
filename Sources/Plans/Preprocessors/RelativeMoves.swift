internal import EventModel
public import RunEngine
internal import Wire

/// Moves that count from where a device was.
extension PlanContext {
    /// Does `body` with setpoints that count from where each device was before it was set for the first time.
    ///
    /// - Parameters:
    ///   - devices: Whose setpoints are meant; those of all devices if nil.
    ///   - restoring: Whether the devices are sent back at the end, whatever happened short of a halt.
    public func withRelativeMoves<Result>(
        of devices: [any Movable]? = nil,
        restoring: Bool = false,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        let origins = Origins(devices)
        let context = FilteringContext(self) { message, next in
            guard case .set(let device, let setpoint, let group) = message.command,
                let origin = try await origins.origin(of: device, next)
            else { return try await next.send(message) }
            guard let target = origin.adding(setpoint) else {
                throw PlanError(
                    "'\(device.name)' is at \(origin.encodedText) and cannot be moved by \(setpoint.encodedText); "
                        + "relative moves need numbers, or lists of numbers of the same length"
                )
            }
            return try await next.send(Message(.set(device, target, group: group), run: message.run))
        }
        guard restoring else { return try await body(context) }
        return try await finalize {
            try await body(context)
        } final: {
            try await restore(origins)
        }
    }

    /// Does `body`, and sends each device that it set back to where it was, whatever happened short of a halt.
    ///
    /// - Parameter devices: Which devices are sent back; all if nil.
    public func withPositionsRestored<Result>(
        of devices: [any Movable]? = nil,
        _ body: (PlanContext) async throws -> Result
    ) async throws -> Result {
        let origins = Origins(devices)
        let context = FilteringContext(self) { message, next in
            if case .set(let device, _, _) = message.command { _ = try await origins.origin(of: device, next) }
            return try await next.send(message)
        }
        return try await finalize {
            try await body(context)
        } final: {
            try await restore(origins)
        }
    }

    private func restore(_ origins: Origins) async throws {
        let group = shortUID("reset")
        for (device, origin) in origins.known { try await set(device, origin, group: group) }
        try await wait(group)
    }

    /// Where a device counts from: its setpoint if it knows one, else its position, else its reading.
    func origin(of device: any Movable) async throws -> JSONValue {
        if let device = device as? any Locatable { return try await locate(device).setpoint }
        if let device = device as? any PositionKeeping { return device.positionSetpoint }
        guard let readable = device as? any Readable else {
            throw PlanError("'\(device.name)' does not tell where it is, so it cannot be moved relative to that")
        }
        return try await hintedValue(of: readable, try await read(readable))
    }
}

/// Where devices were when they were set for the first time.
private final class Origins {
    private let eligible: Set<ObjectIdentifier>?
    private(set) var known: [(device: any Movable, origin: JSONValue)] = []

    init(_ devices: [any Movable]?) { eligible = devices.map { Set($0.map { ObjectIdentifier($0) }) } }

    /// Where the device was; nil if it is none of those that are meant.
    func origin(of device: any Movable, _ context: PlanContext) async throws -> JSONValue? {
        if let eligible, !eligible.contains(ObjectIdentifier(device)) { return nil }
        if let entry = known.first(where: { $0.device === device }) { return entry.origin }
        let origin = try await context.origin(of: device)
        known.append((device, origin))
        return origin
    }
}

extension JSONValue {
    /// The sum of two numbers, or of two lists of numbers, element by element; nil if there is none.
    func adding(_ other: JSONValue) -> JSONValue? {
        switch (self, other) {
        case (.array(let mine), .array(let others)):
            guard mine.count == others.count else { return nil }
            let sums = zip(mine, others).compactMap { $0.adding($1) }
            return sums.count == mine.count ? .array(sums) : nil
        case (.integer(let mine), .integer(let other)):
            let (sum, isTooLarge) = mine.addingReportingOverflow(other)
            return isTooLarge ? .double(Double(mine) + Double(other)) : .integer(sum)
        default:
            guard let mine = number, let other = other.number else { return nil }
            return .double(mine + other)
        }
    }
}
