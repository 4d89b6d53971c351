/// Why a text is no Python literal, and where.
public struct PythonLiteralError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, for example `expected ',' or '}'`.
    public let reason: String
    /// How many characters precede the place.
    public let offset: Int
    /// The text that was read.
    public let text: String

    /// The reason, the line and a mark below the place.
    public var description: String {
        let characters = Array(text.unicodeScalars)
        let place = min(offset, characters.count)
        let lineStart = characters[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let lineEnd = characters[place...].firstIndex(of: "\n") ?? characters.count
        let from = max(lineStart, place - 50)
        let shown = String(scalars: characters[from..<min(lineEnd, place + 25)])
        let mark = String(repeating: " ", count: place - from) + "^"
        return "\(reason) at character \(offset + 1):\n    \(shown)\n    \(mark)"
    }
}

extension JSONValue {
    /// Reads a Python literal: numbers, texts, `True`, `False`, `None`, and lists, tuples, sets and dictionaries of them,
    /// as `ast.literal_eval` does. Tuples and sets become arrays, and keys what Python's `json` makes of them.
    ///
    /// - Throws: ``PythonLiteralError``.
    public init(pythonLiteral text: String) throws(PythonLiteralError) {
        var reader = PythonLiteralReader(text)
        self = try reader.document()
    }
}
