public import RunEngine
public import Wire

/// The points of a scan, worked out when they are needed, so that a long scan takes no memory.
public struct Trajectory: Sendable {
    /// The motors.
    public let motors: [any Positioner]
    /// How many points there are.
    public let count: Int
    private let positions: @Sendable (Int) -> [JSONValue]

    /// So many points; `positions` gives for each, from 0, where the motors are to be.
    public init(motors: [any Positioner], count: Int, positions: @escaping @Sendable (Int) -> [JSONValue]) {
        self.motors = motors
        self.count = count
        self.positions = positions
    }

    /// How the trajectory is shown among the arguments of a plan.
    var label: String { "Trajectory(\(motors.map(\.name).joined(separator: ", ")); \(count) points)" }

    /// The point with this number, from 0.
    public func step(_ number: Int) -> ScanStep { ScanStep(motors: motors, positions: positions(number)) }
}

/// The place of point `number` among `num` points that divide the way from `start` to `stop` evenly, both included.
func linearPosition(_ number: Int, from start: Double, to stop: Double, num: Int) -> Double {
    guard num > 1 else { return start }
    if number == num - 1 { return stop }
    return Double(number) * ((stop - start) / Double(num - 1)) + start
}
