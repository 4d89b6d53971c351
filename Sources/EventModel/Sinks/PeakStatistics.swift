/// What a curve looks like: where it is highest and lowest, where its middle is and how wide its peak is.
public struct PeakStatistics: Sendable, Hashable {
    /// A point of a curve.
    public struct Point: Sendable, Hashable {
        /// The position.
        public let x: Double
        /// The value.
        public let y: Double
    }

    /// The lowest point, the first of several.
    public let minimum: Point
    /// The highest point, the first of several.
    public let maximum: Point
    /// The centre of mass, as a position. Nil if the values add up to nothing.
    public let centerOfMass: Double?
    /// The middle of all places where the curve crosses half of its height. Nil if it does not.
    public let center: Double?
    /// The full width at half maximum: the distance of the outermost of these places. Nil if there are less than two.
    public let fullWidthHalfMaximum: Double?

    /// The statistics of a curve through these points, in the order in which they were taken. Nil without a point;
    /// points that are no finite numbers do not count.
    public init?(x: [Double], y: [Double]) {
        let points = zip(x, y).filter { $0.isFinite && $1.isFinite }.map { Point(x: $0, y: $1) }
        guard let first = points.first else { return nil }
        minimum = points.reduce(first) { $1.y < $0.y ? $1 : $0 }
        maximum = points.reduce(first) { $1.y > $0.y ? $1 : $0 }
        centerOfMass = Self.centerOfMass(points)
        let crossings = Self.crossings(points, level: (minimum.y + maximum.y) / 2)
        center = crossings.isEmpty ? nil : crossings.reduce(0, +) / Double(crossings.count)
        if crossings.count > 1, let first = crossings.first, let last = crossings.last {
            fullWidthHalfMaximum = abs(last - first)
        } else {
            fullWidthHalfMaximum = nil
        }
    }

    /// The mean number of the point, weighted with the values, as a position.
    private static func centerOfMass(_ points: [Point]) -> Double? {
        let sum = points.reduce(0) { $0 + $1.y }
        guard sum != 0 else { return nil }
        let index = zip(points, 0...).reduce(0) { $0 + $1.0.y * Double($1.1) } / sum
        guard index.isFinite else { return nil }
        let clamped = min(max(index, 0), Double(points.count - 1))
        let lower = Int(clamped)
        guard lower + 1 < points.count else { return points[lower].x }
        return points[lower].x + (points[lower + 1].x - points[lower].x) * (clamped - Double(lower))
    }

    private static func crossings(_ points: [Point], level: Double) -> [Double] {
        zip(points, points.dropFirst()).compactMap { left, right in
            guard (left.y > level) != (right.y > level) else { return nil }
            return left.x + (right.x - left.x) * ((level - left.y) / (right.y - left.y))
        }
    }
}
