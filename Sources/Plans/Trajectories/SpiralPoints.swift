internal import Glibc
internal import RunEngine
internal import Wire

/// A point of a spiral.
struct PlanePoint: Sendable {
    let x: Double
    let y: Double
}

/// More points than this are refused, since all are worked out beforehand.
private let mostPoints = 10_000_000.0

/// The area within which the points of a spiral lie, which may lean to one side. Coordinates count from its middle, and
/// those along y are scaled as those along x.
private struct LeaningArea {
    let halfX: Double
    let halfY: Double
    let aspect: Double
    private let slope: Double

    init(x: SpiralAxis, y: SpiralAxis, dr: Double, drY: Double?, tilt: Double) {
        aspect = drY.map { $0 / dr } ?? 1
        halfX = x.range / 2
        halfY = y.range / (2 * aspect)
        slope = tan(tilt + .pi / 2)
    }

    var radius: Double { hypot(halfX, halfY) }

    /// Whether the point is not beyond the left and the right border.
    func spans(x: Double, y: Double) -> Bool { abs(x - y / aspect / slope) <= halfX }
}

extension SpiralShape {
    /// - Throws: ``PlanError`` if a number does not fit, or there are too many points.
    func points(_ checks: ArgumentChecks) throws(PlanError) -> [PlanePoint] {
        try checks.spiral(x, y, dr: dr, drY: drY, tilt: tilt)
        try checks.positive(nth, "nth")
        let area = LeaningArea(x: x, y: y, dr: dr, drY: drY, tilt: tilt)
        let rings = area.radius / dr + 2
        try checks.pointEstimate(rings * (rings + 1) / 2 * nth)
        var points: [PlanePoint] = []
        for ring in 1...Int(rings) {
            let radius = Double(ring) * dr
            let count = Double(ring) * nth
            for index in 0..<Int(count) {
                let angle = Double(index) * (2 * .pi / count)
                let x = radius * cos(angle)
                let y = radius * sin(angle) * area.aspect
                if area.spans(x: x, y: y), abs(y / area.aspect) <= area.halfY {
                    points.append(PlanePoint(x: self.x.center + x, y: self.y.center + y))
                }
            }
        }
        return points
    }
}

extension FermatSpiralShape {
    private static let goldenAngle = 137.508 * Double.pi / 180

    /// - Throws: ``PlanError`` if a number does not fit, or there are too many points.
    func points(_ checks: ArgumentChecks) throws(PlanError) -> [PlanePoint] {
        try checks.spiral(x, y, dr: dr, drY: drY, tilt: tilt)
        try checks.positive(factor, "factor")
        let area = LeaningArea(x: x, y: y, dr: dr, drY: drY, tilt: tilt)
        let count = pow(1.5 * area.radius / (dr / factor), 2)
        try checks.pointEstimate(count)
        var points: [PlanePoint] = []
        for number in stride(from: 1, to: Int(count), by: 1) {
            let radius = Double(number).squareRoot() * dr / factor
            let angle = Self.goldenAngle * Double(number)
            let x = radius * cos(angle)
            let y = radius * sin(angle) * area.aspect
            if area.spans(x: x, y: y), abs(y) <= area.halfY {
                points.append(PlanePoint(x: self.x.center + x, y: self.y.center + y))
            }
        }
        return points
    }
}

extension SquareSpiralShape {
    /// - Throws: ``PlanError`` if a number does not fit, or there are too many points.
    func points(_ checks: ArgumentChecks) throws(PlanError) -> [PlanePoint] {
        try checks.pointCount(xNum, "x_num")
        try checks.pointCount(yNum, "y_num")
        try checks.spiral(x, y)
        try checks.pointEstimate(Double(xNum) * Double(yNum))
        // With an even number of positions the middle lies between two of them.
        let columns = Lane(axis: x, num: xNum, offset: xNum.isMultiple(of: 2) ? 0.5 : 0)
        let rows = Lane(axis: y, num: yNum, offset: yNum.isMultiple(of: 2) ? -0.5 : 0)
        var points: [PlanePoint] = []
        func visit(_ column: Int, _ row: Int) {
            guard let x = columns.position(column), let y = rows.position(row) else { return }
            points.append(PlanePoint(x: x, y: y))
        }
        visit(0, 0)
        for ring in stride(from: 1, to: max(xNum, yNum), by: 1) {
            for row in stride(from: ring - 1, through: -ring, by: -1) { visit(ring, row) }
            for column in stride(from: ring - 1, through: -ring, by: -1) { visit(column, -ring) }
            for row in stride(from: 1 - ring, through: ring, by: 1) { visit(-ring, row) }
            for column in stride(from: 1 - ring, through: ring, by: 1) { visit(column, ring) }
        }
        return points
    }

    /// The positions of one motor, numbered from the middle.
    private struct Lane {
        let axis: SpiralAxis
        let num: Int
        let offset: Double

        func position(_ number: Int) -> Double? {
            guard abs(Double(number) - offset) < Double(num) / 2 else { return nil }
            let step = num > 1 ? axis.range / Double(num - 1) : 0
            return axis.center - step * offset + step * Double(number)
        }
    }
}

extension ArgumentChecks {
    fileprivate func spiral(
        _ x: SpiralAxis,
        _ y: SpiralAxis,
        dr: Double = 1,
        drY: Double? = nil,
        tilt: Double = 0
    ) throws(PlanError) {
        try motors([x.motor, y.motor])
        for (axis, letter) in [(x, "x"), (y, "y")] {
            try finite(axis.center, "center of \(letter)")
            try finite(axis.range, "\(letter)_range")
        }
        try positive(dr, "dr")
        if let drY { try positive(drY, "dr_y") }
        try finite(tilt, "tilt")
    }

    fileprivate func pointEstimate(_ count: Double) throws(PlanError) {
        guard count <= mostPoints else {
            throw PlanError("\(plan): that makes too many points; at most \(Int(mostPoints)) are possible")
        }
    }
}

extension Trajectory {
    /// A way through the plane of two motors.
    init(_ x: SpiralAxis, _ y: SpiralAxis, _ points: [PlanePoint]) {
        self.init(motors: [x.motor, y.motor], count: points.count) { number in
            [.double(points[number].x), .double(points[number].y)]
        }
    }
}
