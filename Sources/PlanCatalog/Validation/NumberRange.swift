internal import Wire

/// The range in which all numbers of an argument must lie.
struct NumberRange: Sendable {
    private var minimum: JSONValue?
    private var maximum: JSONValue?
    /// What is wrong with the limits, if they are no numbers.
    private var problem: String?

    /// The range of a parameter; nil if it has no limits.
    init?(_ parameter: ParameterDescription) {
        guard parameter.minimum != nil || parameter.maximum != nil else { return nil }
        minimum = limit(parameter.minimum)
        maximum = limit(parameter.maximum)
    }

    private mutating func limit(_ text: String?) -> JSONValue? {
        guard let text else { return nil }
        guard let number = LenientReading.number(text), number.isFinite else {
            problem = "Failed to interpret the value \(pythonQuoted(text)) as integer or float number"
            return nil
        }
        if let digits = LenientReading.integer(text), let integer = Int(digits) { return .integer(integer) }
        return Int(exactly: number).map(JSONValue.integer) ?? .double(number)
    }

    /// - Throws: ``ItemError`` if the limits are no numbers.
    func check() throws(ItemError) {
        if let problem { throw ItemError(problem) }
    }

    /// What is out of range in the value, level by level of nested lists; nil if nothing is.
    func problem(in value: JSONValue) -> String? {
        var queue = [value]
        var next = 0
        while next < queue.count {
            let value = queue[next]
            next += 1
            switch value {
            case .array(let elements): queue += elements
            case .object(let members): queue += members.values
            case .integer, .bigInteger, .double, .bool: if isOutside(value) { return text(value) }
            case .null, .string: break
            }
        }
        return nil
    }

    private func isOutside(_ value: JSONValue) -> Bool {
        if let minimum, Self.isLess(value, minimum) { return true }
        if let maximum, Self.isLess(maximum, value) { return true }
        return false
    }

    private static func isLess(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let left = left.integer, let right = right.integer { return left < right }
        return double(left) < double(right)
    }

    private static func double(_ value: JSONValue) -> Double { value.bool.map { $0 ? 1 : 0 } ?? value.number ?? .nan }

    private func text(_ value: JSONValue) -> String {
        "Value \(value.pythonRepr) is out of range [\(minimum?.pythonRepr ?? "-inf"), \(maximum?.pythonRepr ?? "inf")]"
    }
}
