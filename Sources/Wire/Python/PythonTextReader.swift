/// Reads one quoted Python text: single, double or triple quotes, with escapes or raw.
struct PythonTextReader {
    struct Problem: Error {
        let reason: String
        let offset: Int
    }

    private let characters: [Unicode.Scalar]
    private(set) var position: Int

    init(_ characters: [Unicode.Scalar], at position: Int) {
        self.characters = characters
        self.position = position
    }

    mutating func read() -> Result<String, Problem> {
        var isRaw = false
        if let prefix = peek(), prefix != "'", prefix != "\"" {
            isRaw = prefix == "r" || prefix == "R"
            position += 1
        }
        let start = position
        guard let quote = peek() else { return .failure(Problem(reason: "a text is missing", offset: position)) }
        let isTriple = has([quote, quote, quote])
        position += isTriple ? 3 : 1
        var result = String.UnicodeScalarView()
        while let next = peek() {
            if isTriple ? has([quote, quote, quote]) : next == quote {
                position += isTriple ? 3 : 1
                return .success(String(result))
            }
            if next == "\n" || next == "\r", !isTriple { break }
            position += 1
            guard next == "\\" else {
                result.append(next)
                continue
            }
            if isRaw {
                result.append(next)
                if let escaped = peek() {
                    result.append(escaped)
                    position += 1
                }
            } else {
                switch escape() {
                case .success(let text): result.append(contentsOf: text.unicodeScalars)
                case .failure(let problem): return .failure(problem)
                }
            }
        }
        return .failure(Problem(reason: "the text that begins here has no closing quote", offset: start))
    }

    private static let simpleEscapes: [Unicode.Scalar: String] = [
        "\\": "\\", "'": "'", "\"": "\"", "n": "\n", "t": "\t", "r": "\r", "a": "\u{7}", "b": "\u{8}", "f": "\u{c}",
        "v": "\u{b}", "\n": "",
    ]

    /// The text that an escape stands for; the backslash is taken already.
    private mutating func escape() -> Result<String, Problem> {
        let start = position - 1
        guard let kind = peek() else {
            return .failure(Problem(reason: "the escape is cut off", offset: start))
        }
        position += 1
        if let text = PythonTextReader.simpleEscapes[kind] { return .success(text) }
        let width: Int
        switch kind {
        case "x": width = 2
        case "u": width = 4
        case "U": width = 8
        case "0"..."7": return .success(octal(from: position - 1))
        case "N":
            return .failure(Problem(reason: "characters by name (\\N{...}) are not supported", offset: start))
        default: return .success("\\" + String(Character(kind)))
        }
        guard let unit = hexadecimal(width) else {
            return .failure(Problem(reason: "\\\(kind) needs \(width) hexadecimal digits", offset: start))
        }
        // Two escapes that are the halves of one character, as JSON writes it.
        var value = unit
        if (0xD800..<0xDC00).contains(unit), take("\\"), take("u"), let low = hexadecimal(4),
            (0xDC00..<0xE000).contains(low)
        {
            value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else {
            return .failure(Problem(reason: "the escape is no character", offset: start))
        }
        return .success(String(Character(scalar)))
    }

    private mutating func hexadecimal(_ width: Int) -> UInt32? {
        let digits = characters[position..<min(position + width, characters.count)]
        guard digits.count == width, digits.allSatisfy(\.properties.isASCIIHexDigit) else { return nil }
        position += width
        return UInt32(String(scalars: digits), radix: 16)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    private mutating func octal(from start: Int) -> String {
        position = start
        var value: UInt32 = 0
        while position < start + 3, let digit = peek().flatMap({ UInt32(String(Character($0)), radix: 8) }) {
            value = value * 8 + digit
            position += 1
        }
        return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }

    private func peek() -> Unicode.Scalar? { position < characters.count ? characters[position] : nil }

    private func has(_ expected: [Unicode.Scalar]) -> Bool {
        position + expected.count <= characters.count
            && Array(characters[position..<(position + expected.count)]) == expected
    }
}
