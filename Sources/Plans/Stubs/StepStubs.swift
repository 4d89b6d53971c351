internal import EventModel
public import RunEngine
public import Wire

/// Where the motors of a scan were sent last, so that those that need not move are left alone.
public struct PositionCache {
    private var positions: [ObjectIdentifier: JSONValue] = [:]

    /// Nothing is known.
    public init() {}

    /// Whether `motor` was sent somewhere else last, or nowhere.
    mutating func update(_ motor: any Movable, _ position: JSONValue) -> Bool {
        positions.updateValue(position, forKey: ObjectIdentifier(motor)) != position
    }
}

/// One point of a scan: where each motor is to be.
public struct ScanStep: Sendable {
    /// The motors, in the order in which they are set and read.
    public let motors: [any Positioner]
    /// Where each of them is to be.
    public let positions: [JSONValue]

    /// A point; as many positions as motors.
    public init(motors: [any Positioner], positions: [JSONValue]) {
        self.motors = motors
        self.positions = positions
    }
}

/// What a scan does at each point; ``RunEngine/PlanContext/oneNDStep(_:_:_:)`` unless it is told otherwise.
public typealias PerStep =
    @Sendable (PlanContext, _ detectors: [any Readable], ScanStep, inout PositionCache) async throws -> Void

/// What a scan of one motor does at each point; ``RunEngine/PlanContext/one1DStep(_:_:_:)`` unless it is told otherwise.
public typealias Per1DStep =
    @Sendable (PlanContext, _ detectors: [any Readable], _ motor: any Positioner, _ position: JSONValue) async throws ->
    Void

/// The inner part of scans.
extension PlanContext {
    /// A checkpoint, and the motors that have to move are set together and waited for.
    public func movePerStep(_ step: ScanStep, _ cache: inout PositionCache) async throws {
        try await checkpoint()
        let group = shortUID("set")
        for (motor, position) in zip(step.motors, step.positions) where cache.update(motor, position) {
            try await set(motor, position, group: group)
        }
        try await wait(group)
    }

    /// Moves one motor and takes one event of detectors and motor.
    public func one1DStep(
        _ detectors: [any Readable],
        _ motor: any Positioner,
        _ position: JSONValue
    ) async throws {
        try await checkpoint()
        let group = shortUID("set")
        try await set(motor, position, group: group)
        try await wait(group)
        try await triggerAndRead(detectors + [motor])
    }

    /// Moves to the point and takes one event of detectors and motors.
    public func oneNDStep(
        _ detectors: [any Readable],
        _ step: ScanStep,
        _ cache: inout PositionCache
    ) async throws {
        try await movePerStep(step, &cache)
        try await triggerAndRead(detectors + step.motors)
    }
}
