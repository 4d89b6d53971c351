internal import Wire

/// Reads one Python number: integers of any size in four bases, and floating-point numbers, with `_` between digits.
struct PythonNumberReader {
    private let characters: [Character]
    private(set) var position: Int

    init(_ characters: [Character], at position: Int) {
        self.characters = characters
        self.position = position
    }

    /// The number, or nil if there is none.
    mutating func read() -> JSONValue? {
        let start = position
        while let next = peek(), next.isASCII, next.isLetter || next.isNumber || "+-._".contains(next) {
            // A sign belongs to the number at its beginning and in its exponent.
            let isExponent = position > start && "eE".contains(characters[position - 1]) && !isPrefixed(from: start)
            if "+-".contains(next), position > start, !isExponent { break }
            position += 1
        }
        var digits = String(characters[start..<position])
        var isNegative = false
        if let sign = digits.first, "+-".contains(sign) {
            isNegative = sign == "-"
            digits.removeFirst()
        }
        guard hasProperUnderscores(digits) else { return nil }
        digits.removeAll { $0 == "_" }
        let sign = isNegative ? "-" : ""
        if let (radix, rest) = base(of: digits) { return Int(sign + rest, radix: radix).map(JSONValue.integer) }
        if !digits.isEmpty, digits.allSatisfy(\.isNumber) { return integer(sign, digits) }
        return floatingPoint(sign, digits)
    }

    private func integer(_ sign: String, _ digits: String) -> JSONValue? {
        let significant = String(digits.drop { $0 == "0" })
        if significant.isEmpty { return 0 }
        // Python has no leading zeros: 010 would be ambiguous.
        guard significant.count == digits.count else { return nil }
        return Int(sign + digits).map(JSONValue.integer) ?? .bigInteger(sign + digits)
    }

    private func floatingPoint(_ sign: String, _ digits: String) -> JSONValue? {
        guard digits.contains(where: \.isNumber), digits.allSatisfy({ $0.isNumber || ".eE+-".contains($0) }) else {
            return nil
        }
        // Swift wants a digit on both sides of the point.
        var text = digits
        if text.first == "." { text = "0" + text }
        if let point = text.firstIndex(of: "."),
            text.index(after: point) == text.endIndex || "eE".contains(text[text.index(after: point)])
        {
            text.insert("0", at: text.index(after: point))
        }
        return Double(sign + text).map(JSONValue.double)
    }

    private func base(of digits: String) -> (Int, String)? {
        let bases: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
        for (prefix, radix) in bases where digits.lowercased().hasPrefix(prefix) {
            return (radix, String(digits.dropFirst(2)))
        }
        return nil
    }

    private func isPrefixed(from start: Int) -> Bool {
        let head = characters[start...].drop { "+-".contains($0) }.prefix(2)
        return head.count == 2 && head.first == "0" && "xX".contains(head.last ?? " ")
    }

    private func hasProperUnderscores(_ digits: String) -> Bool {
        !digits.hasPrefix("_") && !digits.hasSuffix("_") && !digits.contains("__")
    }

    private func peek() -> Character? { position < characters.count ? characters[position] : nil }
}
