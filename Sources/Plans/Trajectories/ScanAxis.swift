public import RunEngine
public import Wire

/// A motor and the way that it goes in a scan.
public struct ScanAxis: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The first position.
    public let start: JSONValue
    /// The last position.
    public let stop: JSONValue

    /// A motor that goes from `start` to `stop`.
    public init(_ motor: any Positioner, _ start: some SetpointValue, _ stop: some SetpointValue) {
        self.motor = motor
        self.start = start.setpoint
        self.stop = stop.setpoint
    }
}

/// A motor and the positions to which it goes in a scan.
public struct ListAxis: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The positions, in order.
    public let positions: [JSONValue]

    /// A motor that goes to each of these positions.
    public init(_ motor: any Positioner, _ positions: [some SetpointValue]) {
        self.motor = motor
        self.positions = positions.map(\.setpoint)
    }
}

/// A motor and its side of a grid.
public struct GridAxis: Sendable {
    /// The motor.
    public let motor: any Positioner
    /// The first position.
    public let start: JSONValue
    /// The last position.
    public let stop: JSONValue
    /// How many positions there are.
    public let num: Int

    /// A motor that goes to `num` positions from `start` to `stop`.
    public init(_ motor: any Positioner, _ start: some SetpointValue, _ stop: some SetpointValue, _ num: Int) {
        self.motor = motor
        self.start = start.setpoint
        self.stop = stop.setpoint
        self.num = num
    }
}

/// Which axes of a grid go to and fro instead of starting at the same end each time.
public enum SnakeAxes: Sendable, ExpressibleByBooleanLiteral {
    /// None.
    case none
    /// All but the first, which is the slowest.
    case all
    /// Those of these motors.
    case motors([any Positioner])

    /// All for true, none for false.
    public init(booleanLiteral value: Bool) { self = value ? .all : .none }
}
