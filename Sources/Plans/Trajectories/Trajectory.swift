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

    /// Motors that move together through lists of positions.
    ///
    /// - Throws: ``PlanError`` if the lists are of different lengths, or empty.
    public init(_ axes: [ListAxis]) throws(PlanError) {
        let count = axes.first?.positions.count ?? 0
        guard count > 0, axes.allSatisfy({ $0.positions.count == count }) else {
            throw PlanError("A trajectory needs lists of positions that have the same length and are not empty")
        }
        self.init(motors: axes.map(\.motor), count: count) { number in axes.map { $0.positions[number] } }
    }

    /// All combinations of the points of several trajectories, the first slowest.
    ///
    /// - Throws: ``PlanError`` if there are more points than can be counted.
    public init(product factors: [Trajectory]) throws(PlanError) {
        var count = 1
        for factor in factors {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: factor.count)
            guard !isTooLarge else { throw PlanError("The trajectory has more points than can be counted") }
            count = product
        }
        let size = count
        self.init(motors: factors.flatMap(\.motors), count: factors.isEmpty ? 0 : count) { number in
            var block = size
            return factors.flatMap { factor in
                block /= factor.count
                return factor.positions(number / block % factor.count)
            }
        }
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
