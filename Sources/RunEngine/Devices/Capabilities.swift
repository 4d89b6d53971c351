public import EventModel
public import Wire

/// A device that gives readings.
public protocol Readable: Device {
    /// The present readings, with the keys of ``describe()`` in the same order.
    func read() async throws -> Readings
    /// What the readings are. Asked once for each stream.
    func describe() async throws -> DataKeys
}

/// A device with settings that are recorded once for each stream.
public protocol Configurable: Device {
    /// The present settings.
    func readConfiguration() async throws -> Readings
    /// What the settings are, with the same keys in the same order.
    func describeConfiguration() async throws -> DataKeys
}

/// A device that takes data when told to.
public protocol Triggerable: Device {
    /// Begins to take data; the status is done when they can be read.
    func trigger() async throws -> Status
}

/// A device that can be set: a motor, a temperature, a shutter.
public protocol Movable: Device {
    /// Begins to go to `setpoint`; the status is done when it is there.
    ///
    /// - Throws: if the setpoint is refused, for example because it is out of limits.
    func set(_ setpoint: JSONValue) async throws -> Status
}

/// A device that plans can move and record.
public typealias Positioner = Movable & Readable

/// A device that knows where it was sent and where it is.
public protocol Locatable: Movable {
    /// The setpoint and the readback.
    func locate() async throws -> Location
}

/// Where a device was sent and where it is.
public struct Location: Sendable, Hashable {
    /// Where it was sent.
    public var setpoint: JSONValue
    /// Where it is.
    public var readback: JSONValue

    /// A setpoint and a readback.
    public init(setpoint: JSONValue, readback: JSONValue) {
        self.setpoint = setpoint
        self.readback = readback
    }
}

/// A device that knows its position without being asked for a reading.
public protocol PositionKeeping: Movable {
    /// Where it is, or was sent; in the form of a setpoint.
    var positionSetpoint: JSONValue { get }
}

/// A device that can tell whether it would accept a setpoint.
public protocol Checkable: Device {
    /// - Throws: if `setpoint` would be refused.
    func check(_ setpoint: JSONValue) async throws
}

/// A device that can be told to stop.
public protocol Stoppable: Device {
    /// Stops at once where it is. A move that is under way ends with `success`.
    func stop(success: Bool) async throws
}

/// A device that is made ready before a run and put to rest after it.
public protocol Stageable: Device {
    /// Makes ready. What it throws leaves the device unstaged.
    func stage() async throws -> Staging
    /// Puts to rest. Does nothing if the device is not staged.
    func unstage() async throws -> Staging
}

/// What staging or unstaging a device came to.
public enum Staging: Sendable {
    /// It is done, for the device and these parts of it.
    case done([any Device])
    /// It has begun.
    case pending(Status)
}

/// A device that wants to know when a plan is paused and resumed.
public protocol Pausable: Device {
    /// The plan is paused. Throw ``NoReplayAllowed`` if what was done since the last checkpoint cannot be repeated.
    func pause() async throws
    /// The plan goes on.
    func resume() async throws
}

/// Thrown by a device that is paused: nothing that was done since the last checkpoint may be repeated.
public struct NoReplayAllowed: Error {
    /// The error.
    public init() {}
}

/// A device that may not be taken back to an earlier point of the plan.
public protocol RewindLimiting: Device {
    /// Whether what the device did may be repeated after a pause.
    var isRewindable: Bool { get }
}
