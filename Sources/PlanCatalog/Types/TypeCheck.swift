internal import Wire

/// How well a value fits a type.
///
/// The rules are those of the pydantic models of the original server: values are read leniently first (a text of
/// digits is an integer), and what would have been changed by that is then refused, but for integers that become
/// floating-point numbers.
struct Fit {
    /// How much reading the value took. A union takes the first of its types that needs the least.
    enum Effort: Comparable {
        case none, little, much
    }

    var effort: Effort
    /// Whether the value stays what it is.
    var isSame: Bool

    static let exact = Fit(effort: .none, isSame: true)

    func combined(with other: Fit) -> Fit {
        Fit(effort: max(effort, other.effort), isSame: isSame && other.isSame)
    }
}

extension ValueType {
    /// How well the value fits, or nil if it cannot be read as this type at all.
    func fit(_ value: JSONValue) -> Fit? {
        switch self {
        case .any: Fit(effort: .little, isSame: true)
        case .null: value.isNull ? .exact : nil
        case .bool: Self.fitOfBool(value)
        case .integer: Self.fitOfInteger(value)
        case .number: Self.fitOfNumber(value)
        case .text: value.string != nil ? .exact : nil
        case .hashable: value.array == nil && value.object == nil ? .exact : nil
        case .list(let element, let form): value.array.flatMap { Self.fit($0, element, form) }
        case .sequence(let element):
            value.string != nil && element.isAny ? .exact : value.array.flatMap { Self.fit($0, element, .list) }
        case .iterable(let element):
            (value.array ?? value.object?.keys.map(JSONValue.string)).flatMap { Self.fit($0, element, .list) }
        case .tuple(let elements): value.array.flatMap { Self.fit($0, elements) }
        case .object(let key, let element): value.object.flatMap { Self.fit($0, key, element) }
        case .union(let types): bestOf(types, value)?.fit
        case .literal(let values): literal(values, equalTo: value).map { Fit(effort: .none, isSame: $0.isSame) }
        case .choice(let choice):
            value.string.map(choice.contains) == true ? Fit(effort: .much, isSame: true) : nil
        case .impossible: nil
        }
    }

    private static func fitOfBool(_ value: JSONValue) -> Fit? {
        switch value {
        case .bool: .exact
        // An integer counts as the same: in Python the truth values are integers.
        case .integer(0), .integer(1): Fit(effort: .much, isSame: true)
        case .double(0), .double(1): Fit(effort: .much, isSame: false)
        case .string(let text): LenientReading.bool(text) == nil ? nil : Fit(effort: .much, isSame: false)
        default: nil
        }
    }

    private static func fitOfInteger(_ value: JSONValue) -> Fit? {
        switch value {
        case .integer, .bigInteger: .exact
        case .bool: Fit(effort: .much, isSame: false)
        case .double(let number): Int(exactly: number) == nil ? nil : Fit(effort: .much, isSame: false)
        case .string(let text): LenientReading.integer(text) == nil ? nil : Fit(effort: .much, isSame: false)
        default: nil
        }
    }

    private static func fitOfNumber(_ value: JSONValue) -> Fit? {
        switch value {
        case .double: .exact
        case .integer: Fit(effort: .little, isSame: true)
        case .bigInteger: value.number?.isFinite == true ? Fit(effort: .little, isSame: true) : nil
        case .bool: Fit(effort: .much, isSame: true)
        case .string(let text): LenientReading.number(text) == nil ? nil : Fit(effort: .much, isSame: false)
        default: nil
        }
    }

    private static func fit(_ values: [JSONValue], _ element: ValueType, _ form: ListForm) -> Fit? {
        // What is no list in Python has to be made from one.
        var result = Fit(effort: form == .list ? .none : .much, isSame: true)
        if element.isAny, !form.isSet { return result }
        for value in values {
            guard let fit = element.fit(value), !form.isSet || ValueType.hashable.fit(value) != nil else { return nil }
            result = result.combined(with: fit)
        }
        return result
    }

    private static func fit(_ values: [JSONValue], _ elements: [ValueType]) -> Fit? {
        guard values.count == elements.count else { return nil }
        var result = Fit.exact
        for (value, element) in zip(values, elements) {
            guard let fit = element.fit(value) else { return nil }
            result = result.combined(with: fit)
        }
        return result
    }

    /// Only changes of keys count: the original server does not look at what became of the values.
    private static func fit(_ members: JSONObject, _ key: ValueType, _ value: ValueType) -> Fit? {
        var result = Fit.exact
        for (name, member) in members {
            guard let keyFit = key.fit(.string(name)), var fit = value.fit(member) else { return nil }
            fit.isSame = keyFit.isSame
            result = result.combined(with: fit).combined(with: keyFit)
        }
        return result
    }

    /// The type of a union that takes the value.
    func bestOf(_ types: [ValueType], _ value: JSONValue) -> (type: ValueType, fit: Fit)? {
        var best: (type: ValueType, fit: Fit)?
        for type in types {
            guard let fit = type.fit(value) else { continue }
            if fit.effort == .none { return (type, fit) }
            if best.map({ fit.effort < $0.fit.effort }) ?? true { best = (type, fit) }
        }
        return best
    }

    /// The first of the values that Python calls equal: `True == 1 == 1.0`.
    func literal(_ values: [JSONValue], equalTo value: JSONValue) -> (value: JSONValue, isSame: Bool)? {
        if values.contains(value) { return (value, true) }
        func number(_ value: JSONValue) -> Double? { value.bool.map { $0 ? 1 : 0 } ?? value.number }
        guard let wanted = number(value), let found = values.first(where: { number($0) == wanted }) else { return nil }
        return (found, found.bool != nil && value.integer != nil)
    }
}

/// What texts mean where something else is wanted.
enum LenientReading {
    static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "1", "true", "t", "yes", "y", "on": true
        case "0", "false", "f", "no", "n", "off": false
        default: nil
        }
    }

    /// Decimal digits with an optional sign, also with `.0` at the end. The result has no superfluous characters.
    static func integer(_ text: String) -> String? {
        var digits = trimmed(text)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        if let point = digits.firstIndex(of: UInt8(ascii: ".")) {
            guard digits[(point + 1)...].allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
            digits = digits[..<point]
        }
        guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        if significant.isEmpty { return "0" }
        return (isNegative ? "-" : "") + String(decoding: significant, as: UTF8.self)
    }

    static func number(_ text: String) -> Double? {
        let text = String(decoding: trimmed(text), as: UTF8.self)
        return text.utf8.contains(UInt8(ascii: "x")) ? nil : Double(text)
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        return Array(text.utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
