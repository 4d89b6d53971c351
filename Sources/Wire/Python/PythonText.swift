extension JSONValue {
    /// The value as Python's `repr` shows it, for example `{'a': [1, None, True]}`. Error texts of the API contain it.
    public var pythonRepr: String {
        switch self {
        case .null: "None"
        case .bool(let value): value ? "True" : "False"
        case .integer(let value): value.description
        case .bigInteger(let digits): digits
        case .double(let value): pythonFloatRepr(value)
        case .string(let value): pythonQuoted(value)
        case .array(let elements): "[" + elements.map(\.pythonRepr).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { pythonQuoted($0.key) + ": " + $0.value.pythonRepr }.joined(separator: ", ") + "}"
        }
    }

    /// The value as Python's `str` shows it: texts as they are, everything else as ``pythonRepr``.
    public var pythonString: String { string ?? pythonRepr }

    /// The type as Python shows it, for example `<class 'int'>`.
    public var pythonType: String { "<class '\(pythonTypeName)'>" }
}

private func pythonFloatRepr(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return pythonText(value)
}

/// A text as Python's `repr` shows it: single quotes unless the text has single and no double ones.
public func pythonQuoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in text.unicodeScalars {
        switch scalar {
        case quote, "\\":
            result.append("\\")
            result.append(scalar)
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        default:
            if isPrintableInPython(scalar) {
                result.append(scalar)
            } else {
                result.append(contentsOf: hexadecimalEscape(scalar).unicodeScalars)
            }
        }
    }
    result.append(quote)
    return String(result)
}

/// What Python's `str.isprintable` says: no control, format, surrogate, private or unassigned scalar, and of the
/// separators only the space.
private func isPrintableInPython(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == " " { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
        .spaceSeparator:
        false
    default: true
    }
}

private func hexadecimalEscape(_ scalar: Unicode.Scalar) -> String {
    let value = LoneSurrogate.unit(for: scalar.value) ?? scalar.value
    let digits = String(value, radix: 16)
    let (prefix, width) = value < 0x100 ? ("\\x", 2) : value < 0x10000 ? ("\\u", 4) : ("\\U", 8)
    return prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
