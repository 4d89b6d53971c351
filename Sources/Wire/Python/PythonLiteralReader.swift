/// Reads what `ast.literal_eval` reads as far as JSON can hold it.
struct PythonLiteralReader {
    private let text: String
    private let characters: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    init(_ text: String) {
        self.text = text
        characters = Array(text.unicodeScalars)
    }

    mutating func document() throws(PythonLiteralError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == characters.count else { throw error("the value ends before this") }
        return value
    }

    // MARK: Values

    private mutating func value() throws(PythonLiteralError) -> JSONValue {
        skipSpace()
        guard let next = peek() else { throw error("a value is missing") }
        switch next {
        case "{": return try nested { reader throws(PythonLiteralError) in try reader.braces() }
        case "[":
            return try nested { reader throws(PythonLiteralError) in .array(try reader.elements(until: "]")) }
        case "(": return try nested { reader throws(PythonLiteralError) in try reader.tuple() }
        case "'", "\"": return .string(try texts())
        case "+", "-", ".", "0"..."9":
            var numbers = PythonNumberReader(characters, at: position)
            let number = numbers.read()
            guard let number else { throw error("this is no number") }
            position = numbers.position
            return number
        case _ where next.isWordPart: return try word()
        default: throw error("a value cannot begin with '\(next)'")
        }
    }

    private mutating func nested(
        _ read: (inout PythonLiteralReader) throws(PythonLiteralError) -> JSONValue
    ) throws(PythonLiteralError) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        guard depth <= JSONValue.maximumDepth else { throw error("values are nested too deeply") }
        position += 1
        return try read(&self)
    }

    private mutating func elements(until end: Unicode.Scalar) throws(PythonLiteralError) -> [JSONValue] {
        var elements: [JSONValue] = []
        while !take(end) {
            elements.append(try value())
            if take(end) { break }
            guard take(",") else { throw error("expected ',' or '\(end)'") }
        }
        return elements
    }

    private mutating func tuple() throws(PythonLiteralError) -> JSONValue {
        if take(")") { return [] }
        let first = try value()
        if take(")") { return first }
        guard take(",") else { throw error("expected ',' or ')'") }
        return .array([first] + (try elements(until: ")")))
    }

    /// A dictionary, or a set.
    private mutating func braces() throws(PythonLiteralError) -> JSONValue {
        if take("}") { return [:] }
        skipSpace()
        let start = position
        let first = try value()
        if take(":") { return .object(try members(firstKey: key(first, at: start))) }
        if take("}") { return [first] }
        guard take(",") else { throw error("expected ':', ',' or '}'") }
        return .array([first] + (try elements(until: "}")))
    }

    private mutating func members(firstKey: String) throws(PythonLiteralError) -> JSONObject {
        var members: JSONObject = [:]
        members[firstKey] = try value()
        while !take("}") {
            guard take(",") else { throw error("expected ',' or '}'") }
            if take("}") { break }
            skipSpace()
            let start = position
            let key = try key(value(), at: start)
            guard take(":") else { throw error("expected ':' after the key") }
            members[key] = try value()
        }
        return members
    }

    /// The text that Python's `json` makes of a key.
    private func key(_ value: JSONValue, at start: Int) throws(PythonLiteralError) -> String {
        switch value {
        case .string(let text): text
        case .array, .object:
            throw PythonLiteralError(reason: "a key must be a text or a number", offset: start, text: text)
        default: value.encodedText
        }
    }

    private mutating func word() throws(PythonLiteralError) -> JSONValue {
        let start = position
        while let next = peek(), next.isWordPart { position += 1 }
        let word = String(scalars: characters[start..<position])
        switch word {
        case "None": return .null
        case "True": return true
        case "False": return false
        case "r", "R", "u", "U":
            guard let quote = peek(), quote == "'" || quote == "\"" else { break }
            position = start
            return .string(try texts())
        default: break
        }
        position = start
        let hints = ["true": "True", "false": "False", "null": "None", "none": "None"]
        if let hint = hints[word] { throw error("in Python, '\(word)' is written \(hint)") }
        throw error("'\(word)' is no value; texts need quotes")
    }

    // MARK: Texts

    /// One or more texts side by side, which Python joins.
    private mutating func texts() throws(PythonLiteralError) -> String {
        var result = ""
        repeat {
            var reader = PythonTextReader(characters, at: position)
            switch reader.read() {
            case .success(let part): result += part
            case .failure(let problem):
                throw PythonLiteralError(reason: problem.reason, offset: problem.offset, text: text)
            }
            position = reader.position
            skipSpace()
        } while isAtText
        return result
    }

    private var isAtText: Bool {
        func isQuote(_ offset: Int) -> Bool {
            position + offset < characters.count && "'\"".unicodeScalars.contains(characters[position + offset])
        }
        guard let next = peek() else { return false }
        return isQuote(0) || ("rRuU".unicodeScalars.contains(next) && isQuote(1))
    }

    // MARK: Characters

    private func peek() -> Unicode.Scalar? { position < characters.count ? characters[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == character else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let next = peek(), next.properties.isWhitespace { position += 1 }
    }

    private func error(_ reason: String) -> PythonLiteralError {
        PythonLiteralError(reason: reason, offset: position, text: text)
    }
}

extension String {
    /// The text of these scalars.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}

extension Unicode.Scalar {
    /// Whether the scalar can be part of a name or a number.
    fileprivate var isWordPart: Bool { self == "_" || properties.isAlphabetic || properties.numericType != nil }
}
