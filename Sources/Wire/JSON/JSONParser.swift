extension JSONValue {
    /// How deep arrays and objects may be nested; deeper input is refused rather than risking the stack.
    public static let maximumDepth = 512

    /// Reads one JSON value that fills the whole of `bytes` (white space around it is allowed).
    ///
    /// Accepted is what Python's `json.loads` accepts, that is JSON and the words `NaN`, `Infinity` and `-Infinity`.
    /// A lone surrogate (`\ud800`), which no Swift text can hold, is kept as the private-use scalar
    /// U+10F800 + (surrogate - U+D800) and printed again as the escape it came as.
    ///
    /// - Throws: ``JSONError``, with the place of the first byte that does not fit.
    public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
        var parser = JSONParser((bytes as? [UInt8]) ?? Array(bytes))
        self = try parser.document()
    }

    /// Reads one JSON value from a text.
    ///
    /// - Throws: ``JSONError``, with the place of the first byte that does not fit.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// A recursive-descent parser over bytes. It reads each byte once and has no look-ahead beyond one byte.
private struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("Extra data") }
        return value
    }

    // MARK: Values

    private mutating func value() throws(JSONError) -> JSONValue {
        guard let byte = peek() else { throw error("Expecting value") }
        switch byte {
        case UInt8(ascii: "\""):
            position += 1
            return .string(try text())
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error("Expecting value")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = word.utf8CodeUnitCount
        guard bytes.count - position >= count else { throw error("Expecting value") }
        for index in 0..<count where bytes[position + index] != word.utf8Start[index] {
            throw error("Expecting value")
        }
        position += count
        return value
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try descend()
        defer { depth -= 1 }
        position += 1
        skipSpace()
        var elements: [JSONValue] = []
        if take("]") { return elements }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return elements }
            guard take(",") else { throw error("Expecting ',' delimiter") }
            skipSpace()
        }
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try descend()
        defer { depth -= 1 }
        position += 1
        skipSpace()
        var members = JSONObject()
        if take("}") { return members }
        while true {
            guard take("\"") else { throw error("Expecting property name enclosed in double quotes") }
            let key = try text()
            skipSpace()
            guard take(":") else { throw error("Expecting ':' delimiter") }
            skipSpace()
            members[key] = try value()
            skipSpace()
            if take("}") { return members }
            guard take(",") else { throw error("Expecting ',' delimiter") }
            skipSpace()
        }
    }

    private mutating func descend() throws(JSONError) {
        depth += 1
        if depth > JSONValue.maximumDepth {
            throw error("Arrays and objects are nested more than \(JSONValue.maximumDepth) deep")
        }
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let isNegative = take("-")
        if isNegative, peek() == UInt8(ascii: "I") { return try word("Infinity", .double(-.infinity)) }

        var mantissa: UInt64 = 0
        var digits = 0
        guard let first = digit() else { throw error("Expecting value", at: start) }
        if first == 0 {
            position += 1
            digits = 1
        } else {
            digits = accumulateDigits(into: &mantissa)
        }

        var exponent = 0
        var isInteger = true
        if peek() == UInt8(ascii: "."), isDigit(at: position + 1) {
            isInteger = false
            position += 1
            let fraction = accumulateDigits(into: &mantissa)
            exponent = -fraction
            digits += fraction
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e"), let value = scientificExponent() {
            isInteger = false
            exponent += value
        }

        if isInteger {
            if digits <= 18 { return .integer(isNegative ? -Int(mantissa) : Int(mantissa)) }
            let text = source(from: start)
            return Int(text).map(JSONValue.integer) ?? .bigInteger(text)
        }
        // Both operands and the result are exact here, so one rounding gives the nearest double (Clinger 1990).
        if digits <= 15, abs(exponent) <= 22 {
            let magnitude =
                exponent < 0 ? Double(mantissa) / powersOfTen[-exponent] : Double(mantissa) * powersOfTen[exponent]
            return .double(isNegative ? -magnitude : magnitude)
        }
        return .double(Double(source(from: start)) ?? .nan)
    }

    /// Reads digits; beyond 19 of them the accumulated value is meaningless and the caller reads the text instead.
    private mutating func accumulateDigits(into value: inout UInt64) -> Int {
        let start = position
        while let digit = digit() {
            value = value &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - start
    }

    private mutating func scientificExponent() -> Int? {
        var cursor = position + 1
        var isNegative = false
        if cursor < bytes.count, bytes[cursor] == UInt8(ascii: "+") || bytes[cursor] == UInt8(ascii: "-") {
            isNegative = bytes[cursor] == UInt8(ascii: "-")
            cursor += 1
        }
        guard isDigit(at: cursor) else { return nil }
        position = cursor
        var value = 0
        while let digit = digit() {
            value = min(value * 10 + Int(digit), 100_000)
            position += 1
        }
        return isNegative ? -value : value
    }

    private func digit() -> UInt8? { isDigit(at: position) ? bytes[position] - UInt8(ascii: "0") : nil }

    private func isDigit(at index: Int) -> Bool {
        index < bytes.count && bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9")
    }

    // MARK: Texts

    /// The rest of a text whose opening quote has been taken.
    private mutating func text() throws(JSONError) -> String {
        let start = position
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") {
                let end = position
                position += 1
                return try string(from: start, to: end)
            }
            if byte == UInt8(ascii: "\\") { return try escapedText(from: start) }
            if byte < 0x20 { throw error("Invalid control character at") }
            position += 1
        }
        throw error("Unterminated string starting at", at: start - 1)
    }

    private func string(from start: Int, to end: Int) throws(JSONError) -> String {
        guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
            throw error("Invalid UTF-8", at: start)
        }
        return text
    }

    private mutating func escapedText(from start: Int) throws(JSONError) -> String {
        var buffer = Array(bytes[start..<position])
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: buffer, as: UTF8.self) else {
                    throw error("Invalid UTF-8", at: start)
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &buffer)
            case 0..<0x20: throw error("Invalid control character at", at: position - 1)
            default: buffer.append(byte)
            }
        }
        throw error("Unterminated string starting at", at: start - 1)
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
        let start = position - 1
        guard let byte = peek() else { throw error("Unterminated string starting at", at: start) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try unicodeEscape(startingAt: start)
            buffer.append(contentsOf: Character(scalar).utf8)
        default: throw error("Invalid \\escape", at: start)
        }
    }

    private mutating func unicodeEscape(startingAt start: Int) throws(JSONError) -> Unicode.Scalar {
        let unit = try hexadecimalUnit(startingAt: start)
        let isHigh = (0xD800..<0xDC00).contains(unit)
        if isHigh, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let mark = position
            position += 2
            let low = try hexadecimalUnit(startingAt: mark)
            if (0xDC00..<0xE000).contains(low) {
                return scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            }
            position = mark
        }
        return scalar(LoneSurrogate.isSurrogate(unit) ? LoneSurrogate.scalar(for: unit) : unit)
    }

    private func scalar(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(value) ?? "\u{FFFD}" }

    private mutating func hexadecimalUnit(startingAt start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = hexadecimalDigit(byte) else {
                throw error("Invalid \\uXXXX escape", at: start)
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    // MARK: Bytes

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private func source(from start: Int) -> String {
        String(validating: bytes[start..<position], as: UTF8.self) ?? ""
    }

    private func error(_ reason: String, at offset: Int? = nil) -> JSONError {
        let offset = offset ?? position
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return JSONError(reason: reason, offset: offset, line: line, column: offset - lineStart + 1)
    }
}

private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]
