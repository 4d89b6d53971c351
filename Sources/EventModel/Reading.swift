public import Wire

/// One value that a device gave, and when it was valid.
public struct Reading: Sendable, Hashable {
    /// The value. Arrays are nested JSON arrays, row by row.
    public var value: JSONValue
    /// When the value was taken, in seconds since 1970.
    public var timestamp: Timestamp

    /// A value and its time, now unless told otherwise.
    public init(_ value: JSONValue, at timestamp: Timestamp = timestampNow()) {
        self.value = value
        self.timestamp = timestamp
    }

    /// The reading as `{"value": …, "timestamp": …}`.
    public var json: JSONObject { ["value": value, "timestamp": .double(timestamp)] }
}

/// What one call of a device's `read` gave, by data key.
public typealias Readings = Keyed<Reading>

extension Readings {
    /// The readings as JSON, each as ``Reading/json``.
    public var json: JSONObject { JSONObject(map { ($0.key, .object($0.value.json)) }) }
}
