/// Reads one quoted Python text: single, double or triple quotes, with escapes or raw.
struct PythonTextReader {
    struct Problem: Error {
        let reason: String
        let offset: Int
    }

    private let characters: [Character]
    private(set) var position: Int

    init(_ characters: [Character], at position: Int) {
        self.characters = characters
        self.position = position
    }

    mutating func read() -> Result<String, Problem> {
        var isRaw = false
        if let prefix = peek(), prefix.isLetter {
            isRaw = prefix == "r" || prefix == "R"
            position += 1
        }
        let start = position
        guard let quote = peek() else { return .failure(Problem(reason: "a text is missing", offset: position)) }
        let isTriple = has([quote, quote, quote])
        position += isTriple ? 3 : 1
        var result = ""
        while let next = peek() {
            if isTriple ? has([quote, quote, quote]) : next == quote {
                position += isTriple ? 3 : 1
                return .success(result)
            }
            if next.isNewline, !isTriple { break }
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
                case .success(let text): result += text
                case .failure(let problem): return .failure(problem)
                }
            }
        }
        return .failure(Problem(reason: "the text that begins here has no closing quote", offset: start))
    }

    private static let simpleEscapes: [Character: String] = [
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
        default: return .success("\\" + String(kind))
        }
        let digits = characters[position..<min(position + width, characters.count)]
        guard digits.count == width, let value = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(value)
        else {
            return .failure(
                Problem(reason: "\\\(kind) needs \(width) hexadecimal digits of a character", offset: start)
            )
        }
        position += width
        return .success(String(Character(scalar)))
    }

    private mutating func octal(from start: Int) -> String {
        position = start
        var value: UInt32 = 0
        while position < start + 3, let digit = peek().flatMap({ UInt32(String($0), radix: 8) }) {
            value = value * 8 + digit
            position += 1
        }
        return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }

    private func peek() -> Character? { position < characters.count ? characters[position] : nil }

    private func has(_ expected: [Character]) -> Bool {
        position + expected.count <= characters.count
            && Array(characters[position..<(position + expected.count)]) == expected
    }
}
