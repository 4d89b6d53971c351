/// Any JSON value, as Python's `json` module understands JSON.
///
/// Integers and floating-point numbers are different kinds (`1` is not `1.0`), integers may have any size, `NaN` and
/// the infinities exist, and objects keep the order of their keys: a value that is parsed and printed again is the
/// same value to every client.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    /// An integer that does not fit into 64 bits, as its decimal digits with an optional minus sign.
    case bigInteger(String)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// The text, if this is a text.
    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The integer, if this is an integer of 64 bits. A floating-point number is none, even when it is whole.
    public var integer: Int? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The number as a `Double`, if this is a number of either kind.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .bigInteger(let digits): Double(digits)
        case .double(let value): value
        default: nil
        }
    }

    /// The truth value, if this is one.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements, if this is an array.
    public var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The members, if this is an object.
    public var object: JSONObject? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// The member `key`, if this is an object that has it.
    public subscript(key: String) -> JSONValue? { object?[key] }

    /// What Python's `bool(value)` says: false for null, false, zero and everything empty.
    public var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .bigInteger: true
        case .double(let value): value != 0
        case .string(let value): !value.isEmpty
        case .array(let value): !value.isEmpty
        case .object(let value): !value.isEmpty
        }
    }

    /// Name of the Python type that `json.loads` makes of the value: `NoneType`, `bool`, `int`, `float`, `str`, `list`
    /// or `dict`. Error texts of the API show it.
    public var pythonTypeName: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .integer, .bigInteger: "int"
        case .double: "float"
        case .string: "str"
        case .array: "list"
        case .object: "dict"
        }
    }
}

extension JSONValue {
    /// `null` for nil.
    public init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }

    /// `null` for nil.
    public init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }

    /// `null` for nil.
    public init(_ value: Double?) { self = value.map(JSONValue.double) ?? .null }

    /// An array of texts.
    public init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// An integer.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// A floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }

    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// `null`.
    public init(nilLiteral: ()) { self = .null }

    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object; the last of several equal keys wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
