internal import RunEngine
internal import Wire

/// All combinations of positions on several axes; the first axis is the slowest.
struct Grid: Sendable {
    struct Side: Sendable {
        let positions: @Sendable (Int) -> JSONValue
        let num: Int
        let isSnaked: Bool
    }

    let sides: [Side]
    let count: Int

    /// - Throws: ``PlanError`` if the grid has more points than can be counted.
    init(_ sides: [Side], checks: ArgumentChecks) throws(PlanError) {
        self.sides = sides
        var count = 1
        for side in sides {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: side.num)
            guard !isTooLarge else {
                throw PlanError("\(checks.plan): the grid has more points than can be counted")
            }
            count = product
        }
        self.count = count
    }

    /// The positions at a point. A snaked axis goes backwards each second time that it is gone through.
    func positions(_ number: Int) -> [JSONValue] {
        var result: [JSONValue] = []
        result.reserveCapacity(sides.count)
        var block = count
        for side in sides {
            // `round` tells how often this axis has been gone through before.
            let round = number / block
            block /= side.num
            let index = number / block % side.num
            let isBackwards = side.isSnaked && round % 2 == 1
            result.append(side.positions(isBackwards ? side.num - 1 - index : index))
        }
        return result
    }
}
