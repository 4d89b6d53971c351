internal import Wire

/// What plain words mean in YAML 1.1.
enum YAMLScalar {
    static func value(of text: String) -> JSONValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": return true
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": return false
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        default: break
        }
        guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else { return .string(text) }
        return integer(text) ?? number(text) ?? .string(text)
    }

    /// Decimal, `0x`, `0b` and octal (`017`) numbers, with underscores.
    private static func integer(_ text: String) -> JSONValue? {
        let isNegative = text.hasPrefix("-")
        let unsigned = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard let first = unsigned.utf8.first, isDigit(first) else { return nil }
        let digits = String(unsigned.filter { $0 != "_" })
        let sign = isNegative ? "-" : ""
        for (prefix, radix) in [("0x", 16), ("0b", 2)] where digits.hasPrefix(prefix) {
            return Int(sign + digits.dropFirst(2), radix: radix).map(JSONValue.integer)
        }
        guard digits.utf8.allSatisfy(isDigit) else { return nil }
        if digits.hasPrefix("0"), digits != "0" { return Int(sign + digits, radix: 8).map(JSONValue.integer) }
        return Int(sign + digits).map(JSONValue.integer) ?? .bigInteger(sign + digits)
    }

    /// Numbers with a point; an exponent needs its sign.
    private static func number(_ text: String) -> JSONValue? {
        let bytes = Array(text.utf8.filter { $0 != UInt8(ascii: "_") })
        guard bytes.contains(UInt8(ascii: ".")), bytes.contains(where: isDigit) else { return nil }
        for (index, byte) in bytes.enumerated() {
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            let isExponent = byte | 0x20 == UInt8(ascii: "e")
            guard isDigit(byte) || byte == UInt8(ascii: ".") || isSign || isExponent else { return nil }
            if isExponent {
                guard index + 1 < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index + 1]) else {
                    return nil
                }
            }
        }
        var digits = String(decoding: bytes, as: UTF8.self)
        if digits.hasSuffix(".") { digits += "0" }
        return Double(digits).map(JSONValue.double)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Whether the text may stand without quotes and remains a text.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
        let isSimple = text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_.".utf8.contains($0) }
        return isSimple && value(of: text).string != nil && !["y", "Y", "n", "N"].contains(text)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    static func text(of number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        let text = JSONValue.double(number).pythonRepr
        // YAML 1.1 wants a point in every floating-point number.
        guard !text.contains("."), let exponent = text.firstIndex(of: "e") else { return text }
        return text[..<exponent] + ".0" + text[exponent...]
    }
}
