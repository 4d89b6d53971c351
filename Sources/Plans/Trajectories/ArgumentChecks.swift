internal import RunEngine
internal import Wire

/// Checks the arguments of one plan and words what is wrong with them.
struct ArgumentChecks {
    let plan: String

    /// A finite number.
    func number(_ value: JSONValue, _ what: String, of motor: any Positioner) throws(PlanError) -> Double {
        guard let number = value.number, number.isFinite else {
            throw PlanError("\(plan): \(what) of '\(motor.name)' must be a finite number, not \(value.encodedText)")
        }
        return number
    }

    /// A finite number.
    func finite(_ value: Double, _ what: String) throws(PlanError) {
        guard value.isFinite else { throw PlanError("\(plan): '\(what)' must be a finite number, not \(value)") }
    }

    /// A finite number above 0.
    func positive(_ value: Double, _ what: String) throws(PlanError) {
        guard value.isFinite, value > 0 else {
            throw PlanError("\(plan): '\(what)' must be a finite number above 0, not \(value)")
        }
    }

    /// A number of points.
    func pointCount(_ num: Int, _ what: String = "num") throws(PlanError) {
        guard num > 0 else {
            throw PlanError(
                "\(plan): '\(what)' is the number of points, not the size of a step; it must be at least 1, not \(num)"
            )
        }
    }

    /// At least one motor, and none twice.
    func motors(_ motors: [any Positioner]) throws(PlanError) {
        guard !motors.isEmpty else { throw PlanError("\(plan): at least one motor is needed") }
        var identifiers: Set<ObjectIdentifier> = []
        for motor in motors where !identifiers.insert(ObjectIdentifier(motor)).inserted {
            throw PlanError("\(plan): motor '\(motor.name)' is listed more than once")
        }
    }
}
