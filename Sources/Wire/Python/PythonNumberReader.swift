/// Reads one Python number: integers of any size in four bases, and floating-point numbers, with `_` between digits.
struct PythonNumberReader {
    private let characters: [Unicode.Scalar]
    private(set) var position: Int

    init(_ characters: [Unicode.Scalar], at position: Int) {
        self.characters = characters
        self.position = position
    }

    /// The number, or nil if there is none.
    mutating func read() -> JSONValue? {
        let sign = takeSign()
        let word = takeWord()
        guard !word.hasPrefix("_"), !word.hasSuffix("_"), !word.contains("__") else { return nil }
        let digits = String(word.filter { $0 != "_" })
        if let (radix, rest) = base(of: digits) {
            // `Int` would take a sign here.
            guard rest.first?.isHexDigit == true else { return nil }
            return Int(sign + rest, radix: radix).map(JSONValue.integer)
        }
        return digits.allSatisfy(isDigit) ? integer(sign, digits) : floatingPoint(sign, digits)
    }

    private mutating func takeSign() -> String {
        guard let sign = peek(), sign == "-" || sign == "+" else { return "" }
        position += 1
        while peek()?.properties.isWhitespace == true { position += 1 }
        return sign == "-" ? "-" : ""
    }

    /// Takes what can belong to a number; a sign only after the `e` of a decimal exponent.
    private mutating func takeWord() -> String {
        let start = position
        let isPrefixed = String(scalars: characters[start...].prefix(2)).lowercased() == "0x"
        while let next = peek() {
            let isSign = next == "+" || next == "-"
            let followsExponent =
                position > start && (characters[position - 1] == "e" || characters[position - 1] == "E")
            guard
                isSign
                    ? followsExponent && !isPrefixed : next.isASCII && (next.properties.isAlphabetic || isNumeric(next))
            else { break }
            position += 1
        }
        return String(scalars: characters[start..<position])
    }

    private func integer(_ sign: String, _ digits: String) -> JSONValue? {
        guard !digits.isEmpty else { return nil }
        let significant = String(digits.drop { $0 == "0" })
        if significant.isEmpty { return 0 }
        // Python has no leading zeros: 010 would be ambiguous.
        guard significant.count == digits.count else { return nil }
        return Int(sign + digits).map(JSONValue.integer) ?? .bigInteger(sign + digits)
    }

    private func floatingPoint(_ sign: String, _ digits: String) -> JSONValue? {
        let isDecimal = digits.allSatisfy { isDigit($0) || $0 == "." || "eE+-".contains($0) }
        let mantissa = digits.prefix { !"eE".contains($0) }
        guard isDecimal, mantissa.contains(where: isDigit) else { return nil }
        // Swift wants a digit on both sides of the point.
        var text = mantissa.first == "." ? "0" + mantissa : String(mantissa)
        if text.last == "." { text += "0" }
        return Double(sign + text + digits.dropFirst(mantissa.count)).map(JSONValue.double)
    }

    private func base(of digits: String) -> (Int, String)? {
        let bases: [(String, Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
        for (prefix, radix) in bases where digits.lowercased().hasPrefix(prefix) {
            return (radix, String(digits.dropFirst(2)))
        }
        return nil
    }

    private func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

    private func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || scalar == "." || scalar == "_"
    }

    private func peek() -> Unicode.Scalar? { position < characters.count ? characters[position] : nil }
}
