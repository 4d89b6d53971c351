public import EventModel
public import Wire

/// What the engine answers to a message.
public enum Response: Sendable {
    /// Nothing; also the answer to a message that was interrupted by a pause.
    case null
    /// Yes or no.
    case bool(Bool)
    /// The uid of a run.
    case run(uid: String)
    /// What a device began.
    case status(Status)
    /// What a device read.
    case readings(Readings)
    /// The devices that were staged or unstaged.
    case devices([any Device])
    /// The answer of a registered command.
    case value(JSONValue)

    /// The status, if it is one.
    public var status: Status? {
        guard case .status(let status) = self else { return nil }
        return status
    }

    /// The readings, if it is readings.
    public var readings: Readings? {
        guard case .readings(let readings) = self else { return nil }
        return readings
    }

    /// The truth value, if it is one.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The uid of a run, if it is one.
    public var runUID: String? {
        guard case .run(let uid) = self else { return nil }
        return uid
    }
}
