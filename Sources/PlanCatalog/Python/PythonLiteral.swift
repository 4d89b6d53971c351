internal import Wire

/// Reads Python literals: numbers, texts, `True`, `False`, `None`, and lists, tuples, sets and dictionaries of them.
///
/// Defaults of parameters and the values of `typing.Literal` are written so. Tuples and sets become arrays.
struct PythonLiteral {
    private static let maximumDepth = 100

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// - Throws: ``CatalogError`` if `text` is no literal.
    static func value(of text: String) throws(CatalogError) -> JSONValue {
        var reader = PythonLiteral(text)
        reader.skipSpace()
        let value = try reader.value()
        reader.skipSpace()
        guard reader.position == reader.bytes.count else { throw reader.error("there is something after the value") }
        return value
    }

    private mutating func value() throws(CatalogError) -> JSONValue {
        guard let byte = peek() else { throw error("a value is missing") }
        switch byte {
        case UInt8(ascii: "["): return .array(try elements(until: "]").values)
        case UInt8(ascii: "("):
            let (values, hasComma) = try elements(until: ")")
            return values.count == 1 && !hasComma ? values[0] : .array(values)
        case UInt8(ascii: "{"): return try braces()
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try texts())
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        default: return try word()
        }
    }

    private mutating func word() throws(CatalogError) -> JSONValue {
        let start = position
        while let byte = peek(), isWord(byte) { position += 1 }
        switch String(decoding: bytes[start..<position], as: UTF8.self) {
        case "None": return .null
        case "True": return true
        case "False": return false
        case "r", "R", "u", "U":
            let isRaw = bytes[start] | 0x20 == UInt8(ascii: "r")
            guard peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"") else { throw error("this is no literal") }
            return .string(try text(isRaw: isRaw))
        case let name: throw error("'\(shortened(name))' is no literal")
        }
    }

    // MARK: Numbers

    private mutating func number() throws(CatalogError) -> JSONValue {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        skipSpace()
        let digits = position
        while let byte = peek() {
            let isSign = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            let isExponentSign = isSign && position > digits && bytes[position - 1] | 0x20 == UInt8(ascii: "e")
            guard isWord(byte) || byte == UInt8(ascii: ".") || isExponentSign else { break }
            position += 1
        }
        let source = String(decoding: bytes[digits..<position], as: UTF8.self)
        let text = source.filter { $0 != "_" }
        let sign = isNegative ? "-" : ""
        let isDecimal = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let hasUselessZero = isDecimal && text.hasPrefix("0") && text.contains { $0 != "0" }
        if source.isEmpty || source.contains("__") || source.hasSuffix("_") || hasUselessZero {
            throw error("'\(shortened(source))' is no number")
        }
        if isDecimal {
            if let value = Int(sign + text) { return .integer(value) }
            return .bigInteger(sign + text)
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.lowercased().hasPrefix(prefix) {
            if let value = Int(sign + text.dropFirst(2), radix: radix) { return .integer(value) }
        }
        if let value = Double(text), !text.lowercased().contains("x") { return .double(isNegative ? -value : value) }
        throw error("'\(shortened(source))' is no number")
    }

    // MARK: Texts

    /// One text, or several side by side, which Python joins.
    private mutating func texts() throws(CatalogError) -> String {
        var result = try text(isRaw: false)
        while true {
            skipSpace()
            guard peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"") else { return result }
            result += try text(isRaw: false)
        }
    }

    private mutating func text(isRaw: Bool) throws(CatalogError) -> String {
        let quote = bytes[position]
        let isTriple = bytes[position...].prefix(3).elementsEqual([quote, quote, quote])
        position += isTriple ? 3 : 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTriple || bytes[position...].prefix(3).elementsEqual([quote, quote, quote]) {
                position += isTriple ? 3 : 1
                guard let text = String(validating: content, as: UTF8.self) else { throw error("the text is no UTF-8") }
                return text
            }
            position += 1
            guard byte == UInt8(ascii: "\\"), let escaped = peek() else {
                content.append(byte)
                continue
            }
            position += 1
            if isRaw {
                content += [byte, escaped]
            } else {
                try append(escape: escaped, to: &content)
            }
        }
        throw error("the closing quote is missing")
    }

    private mutating func append(escape: UInt8, to content: inout [UInt8]) throws(CatalogError) {
        switch escape {
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): content.append(escape)
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "x"): try append(hexadecimal: 2, to: &content)
        case UInt8(ascii: "u"): try append(hexadecimal: 4, to: &content)
        case UInt8(ascii: "U"): try append(hexadecimal: 8, to: &content)
        default: content += [UInt8(ascii: "\\"), escape]
        }
    }

    private mutating func append(hexadecimal count: Int, to content: inout [UInt8]) throws(CatalogError) {
        let digits = String(decoding: bytes[position...].prefix(count), as: UTF8.self)
        guard digits.utf8.count == count, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
        else {
            throw error("'\(digits)' is no character code of \(count) digits")
        }
        position += count
        content += Array(Character(scalar).utf8)
    }

    // MARK: Collections

    private mutating func elements(until end: Unicode.Scalar) throws(CatalogError) -> (
        values: [JSONValue], hasComma: Bool
    ) {
        try descend()
        defer { depth -= 1 }
        position += 1
        var values: [JSONValue] = []
        var hasComma = false
        while true {
            skipSpace()
            if take(end) { return (values, hasComma) }
            guard values.isEmpty || hasComma else { throw error("a comma or '\(end)' is missing") }
            values.append(try value())
            skipSpace()
            hasComma = take(",")
        }
    }

    private mutating func braces() throws(CatalogError) -> JSONValue {
        try descend()
        defer { depth -= 1 }
        position += 1
        var members = JSONObject()
        var values: [JSONValue] = []
        var needsComma = false
        while true {
            skipSpace()
            if take("}") { return values.isEmpty ? .object(members) : .array(values) }
            if needsComma { throw error("a comma or '}' is missing") }
            let first = try value()
            skipSpace()
            if take(":") {
                skipSpace()
                members[first.pythonString] = try value()
            } else {
                values.append(first)
            }
            guard members.isEmpty || values.isEmpty else { throw error("a set and a dictionary are mixed") }
            skipSpace()
            needsComma = !take(",")
        }
    }

    private mutating func descend() throws(CatalogError) {
        depth += 1
        if depth > Self.maximumDepth { throw error("it is nested more than \(Self.maximumDepth) deep") }
    }

    // MARK: Reading

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private func error(_ reason: String) -> CatalogError {
        CatalogError("'\(shortened(String(decoding: bytes, as: UTF8.self)))' is no Python literal: \(reason)")
    }
}
