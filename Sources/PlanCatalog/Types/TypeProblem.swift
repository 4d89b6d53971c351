internal import Wire

/// Why a value, or a part of it, cannot be read as its type.
///
/// The text has the form of the reports of pydantic 2.14, which the original server passes on and clients show.
struct TypeProblem {
    /// How many problems are reported at most.
    static let limit = 100

    /// Where the value stands, for example `detectors.0`.
    let location: String
    /// What is wrong and what is allowed.
    let message: String
    /// The name that pydantic has for this kind of problem.
    let kind: String
    let input: JSONValue

    /// One report on all problems.
    static func report(_ problems: [TypeProblem]) -> String {
        let head = "\(problems.count) validation error\(problems.count == 1 ? "" : "s") for Model"
        return problems.reduce(head) { $0 + "\n" + $1.text }
    }

    private var text: String {
        let input = "input_value=\(Self.cut(input.pythonRepr)), input_type=\(input.pythonTypeName)"
        let text = "\(location)\n  \(message) [type=\(kind), \(input)]"
        let isDocumented = !["sequence_str", "is_hashable", "is_type", "no_json"].contains(kind)
        return isDocumented
            ? text + "\n    For further information visit https://errors.pydantic.dev/2.14/v/\(kind)" : text
    }

    /// Of a text of more than 50 bytes the first 25 and the last 24, less letters that would be cut in two.
    private static func cut(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count > 50 else { return text }
        func isInside(_ index: Int) -> Bool { bytes[index] & 0xC0 == 0x80 }
        var head = 25
        while head > 0, isInside(head) { head -= 1 }
        var tail = bytes.count - 24
        while tail < bytes.count, isInside(tail) { tail += 1 }
        return String(decoding: bytes[..<head], as: UTF8.self) + "..." + String(decoding: bytes[tail...], as: UTF8.self)
    }
}
