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
    /// Where devices were sent and where they are, in the order asked for.
    case locations([Location])
    /// The descriptor of a stream.
    case descriptor(EventDescriptor)
    /// The devices that were staged or unstaged.
    case devices([any Device])
    /// The settings of a device before and after a change.
    case configured(old: Readings, new: Readings)
    /// Events that were collected.
    case pages([EventPage])
    /// What the user answered.
    case text(String)
    /// A subscription.
    case token(SubscriptionToken)
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

    /// Where devices are, if that is the answer.
    public var locations: [Location]? {
        guard case .locations(let locations) = self else { return nil }
        return locations
    }

    /// The devices, if it is devices.
    public var devices: [any Device]? {
        guard case .devices(let devices) = self else { return nil }
        return devices
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
