public import Wire

/// A Swift value that a device can be set to: a number, a text, a truth value, or any JSON.
public protocol SetpointValue: Sendable {
    /// The value as it stands in messages and documents; an `Int` stays an integer.
    var setpoint: JSONValue { get }
}

extension Int: SetpointValue {
    /// An integer.
    public var setpoint: JSONValue { .integer(self) }
}

extension Double: SetpointValue {
    /// A floating-point number.
    public var setpoint: JSONValue { .double(self) }
}

extension String: SetpointValue {
    /// A text.
    public var setpoint: JSONValue { .string(self) }
}

extension Bool: SetpointValue {
    /// A truth value.
    public var setpoint: JSONValue { .bool(self) }
}

extension JSONValue: SetpointValue {
    /// The value itself.
    public var setpoint: JSONValue { self }
}
