internal import Wire

/// A value as people write it on a command line: a JSON or Python literal, a bare name, or several of these with commas
/// between them, which are a list.
enum WordValue {
    /// - Throws: ``CommandFailure`` if the word begins like a literal and is none.
    static func value(_ word: String) throws -> JSONValue {
        if let value = try? JSONValue(literal: word) { return value }
        if isLiteral(word) {
            do {
                return try JSONValue(literal: word)
            } catch {
                throw CommandFailure.parameters("the value is neither JSON nor a Python literal: \(error)")
            }
        }
        guard word.contains(",") else { return .string(word) }
        var parts = word.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // A comma at the end makes a list of one, as in Python.
        if parts.last == "" { parts.removeLast() }
        guard !parts.contains("") else {
            throw CommandFailure.parameters("there is nothing between two commas in '\(word)'")
        }
        return .array(parts.map { (try? JSONValue(literal: $0)) ?? .string($0) })
    }

    /// Whether the word is meant as a literal and not as a bare name or a number.
    static func isLiteral(_ word: String) -> Bool {
        word.first { !$0.isWhitespace }.map { "[{(\"'".contains($0) } ?? false
    }

    /// Splits `num=5` into the name and the text of its value; nil if the word has not this form.
    static func named(_ word: String) -> (name: String, value: String)? {
        guard let place = word.firstIndex(of: "=") else { return nil }
        let name = word[..<place]
        guard let first = name.first, first.isLetter || first == "_",
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        return (String(name), String(word[word.index(after: place)...]))
    }
}
