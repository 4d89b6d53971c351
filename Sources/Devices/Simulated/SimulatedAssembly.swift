internal import EventModel
public import RunEngine
public import Wire

/// A simulated device that is just made of parts; a trigger triggers some of them.
public final class SimulatedAssembly: AssembledDevice, Triggerable {
    /// The name.
    public let name: String
    /// The class in the catalogue.
    public let deviceClass: DeviceClass
    /// The parts.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let triggered: [any Triggerable]

    /// A device of these parts.
    public init(
        _ name: String,
        deviceClass: DeviceClass,
        components: [DeviceComponent],
        triggering triggered: [any Triggerable] = []
    ) {
        self.name = name
        self.deviceClass = deviceClass
        self.components = components
        self.triggered = triggered
        adoptComponents()
    }

    /// Triggers the parts that are to be triggered, at the same time.
    public func trigger() async throws -> Status {
        var statuses: [Status] = []
        for part in triggered { statuses.append(try await part.trigger()) }
        return .all(statuses, name: name)
    }
}

/// Three simulated motors that can be set together.
public final class SimulatedStage: AssembledDevice, Movable, Triggerable {
    /// The name.
    public let name: String
    /// `x`, `y` and `z`.
    public let components: [DeviceComponent]
    /// Whether the device is staged.
    public let staging = StagingFlag()
    /// The device of which this one is a part.
    public let parentLink = ParentLink()
    private let motors: [SimulatedMotor]

    /// A stage whose motors take no time.
    public init(_ name: String) {
        self.name = name
        let motors = ["x", "y", "z"].map { ($0, SimulatedMotor("\(name)_\($0)")) }
        self.motors = motors.map(\.1)
        components = motors.map { DeviceComponent($0.0, $0.1, kind: .normal) }
        adoptComponents()
    }

    /// The class in the catalogue.
    public var deviceClass: DeviceClass { DeviceClass(module: "__main__", name: "SimStage") }

    /// Moves all three motors.
    ///
    /// - Throws: ``SetpointRefused`` if the setpoint is not a list of three numbers.
    public func set(_ setpoint: JSONValue) async throws -> Status {
        guard let positions = setpoint.array, positions.count == motors.count else {
            throw SetpointRefused("\(name): the setpoint must be a list [x, y, z], not \(setpoint.encodedText)")
        }
        for (motor, position) in zip(motors, positions) { try await motor.check(position) }
        var statuses: [Status] = []
        for (motor, position) in zip(motors, positions) { statuses.append(try await motor.set(position)) }
        return .all(statuses, name: name)
    }

    /// Does nothing: motors can be read at any time.
    public func trigger() async throws -> Status { .finished }
}
