extension JSONValue {
    /// The value as JSON in the style of Python's `json.dumps`: separators `, ` and `: `, ASCII only, `NaN` and
    /// `Infinity` bare.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        encode(into: &bytes)
        return bytes
    }

    /// The value as JSON text, as ``encoded``.
    public var encodedText: String { String(decoding: encoded, as: UTF8.self) }

    /// Appends the value as JSON, as ``encoded``.
    public func encode(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append("null")
        case .bool(let value): bytes.append(value ? "true" : "false")
        case .integer(let value): bytes.append(decimal: value)
        case .bigInteger(let digits): bytes.append(contentsOf: digits.utf8)
        case .double(let value): bytes.append(contentsOf: pythonText(value).utf8)
        case .string(let value): bytes.append(quoted: value)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { bytes.append(", ") }
                isFirst = false
                element.encode(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members): members.encode(into: &bytes)
        }
    }
}

extension JSONObject {
    /// The object as JSON, as ``JSONValue/encoded``.
    public var encoded: [UInt8] { JSONValue.object(self).encoded }

    /// Appends the object as JSON, as ``JSONValue/encoded``.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (key, value) in self {
            if !isFirst { bytes.append(", ") }
            isFirst = false
            bytes.append(quoted: key)
            bytes.append(": ")
            value.encode(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

/// The shortest text that reads back as the same number, as Python's `repr` writes it.
func pythonText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    // Swift changes to scientific notation at 2^53, Python at 1e16; the numbers between are whole.
    if abs(value) >= 9_007_199_254_740_992, abs(value) < 1e16 { return "\(Int(value)).0" }
    return value.description
}

extension [UInt8] {
    fileprivate mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    fileprivate mutating func append(decimal value: Int) {
        if value >= 0, value < 10 {
            append(UInt8(ascii: "0") + UInt8(value))
        } else {
            append(contentsOf: value.description.utf8)
        }
    }

    fileprivate mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        var text = text
        text.makeContiguousUTF8()
        let isPlain =
            text.utf8.withContiguousStorageIfAvailable { buffer in
                for byte in buffer where byte < 0x20 || byte > 0x7E || byte == 0x22 || byte == 0x5C { return false }
                append(contentsOf: buffer)
                return true
            } ?? false
        if !isPlain {
            for scalar in text.unicodeScalars { append(escaped: scalar) }
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0x08: append("\\b")
        case 0x0C: append("\\f")
        case 0x20...0x7E: append(UInt8(scalar.value))
        default:
            if let unit = LoneSurrogate.unit(for: scalar.value) {
                append(unicodeEscape: UInt16(unit))
            } else {
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { append(unicodeEscape: unit) }
            }
        }
    }

    private mutating func append(unicodeEscape unit: UInt16) {
        append("\\u")
        for shift in stride(from: 12, through: 0, by: -4) {
            let digit = UInt8(unit >> UInt16(shift) & 0xF)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
