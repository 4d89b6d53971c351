public import Wire

/// How far something is. All parts are optional: a device tells what it knows.
public struct Progress: Sendable, Hashable {
    /// What it is about, for example `motor1`.
    public var name: String?
    /// The present value.
    public var current: Double?
    /// The value at the beginning.
    public var initial: Double?
    /// The value it goes to.
    public var target: Double?
    /// The unit of the values.
    public var unit: String?
    /// How many digits after the point are worth showing.
    public var precision: Int?
    /// How much is left, from 1 at the beginning to 0 at the end.
    public var fraction: Double?
    /// Seconds since the beginning.
    public var timeElapsed: Double?
    /// Seconds to the end.
    public var timeRemaining: Double?

    /// A progress of which these parts are known.
    public init(
        name: String? = nil,
        current: Double? = nil,
        initial: Double? = nil,
        target: Double? = nil,
        unit: String? = nil,
        precision: Int? = nil,
        fraction: Double? = nil,
        timeElapsed: Double? = nil,
        timeRemaining: Double? = nil
    ) {
        self.name = name
        self.current = current
        self.initial = initial
        self.target = target
        self.unit = unit
        self.precision = precision
        self.fraction = fraction
        self.timeElapsed = timeElapsed
        self.timeRemaining = timeRemaining
    }
}

extension Progress {
    /// The parts that are known, under the names that bluesky's progress watchers use.
    public var json: JSONValue {
        let parts: [(String, JSONValue?)] = [
            ("name", name.map(JSONValue.string)), ("current", current.map(JSONValue.double)),
            ("initial", initial.map(JSONValue.double)), ("target", target.map(JSONValue.double)),
            ("unit", unit.map(JSONValue.string)), ("precision", precision.map(JSONValue.integer)),
            ("fraction", fraction.map(JSONValue.double)), ("time_elapsed", timeElapsed.map(JSONValue.double)),
            ("time_remaining", timeRemaining.map(JSONValue.double)),
        ]
        var members = JSONObject()
        for case (let name, let value?) in parts { members[name] = value }
        return .object(members)
    }
}
