internal import Glibc
internal import Wire

/// `$NAME` and `${NAME}` in texts. A variable that does not exist stays as it is written.
enum VariableExpansion {
    static func expand(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(expand(text))
        case .array(let elements): .array(elements.map(expand))
        default: value
        }
    }

    private static func expand(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[dollar...]
            let name: Substring
            let end: String.Index
            if rest.hasPrefix("${"), let close = rest.firstIndex(of: "}") {
                name = rest[rest.index(dollar, offsetBy: 2)..<close]
                end = rest.index(after: close)
            } else {
                name = rest.dropFirst().prefix { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
                end = name.endIndex
            }
            if name.isEmpty {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            result += getenv(String(name)).map { String(cString: $0) } ?? String(rest[..<end])
            rest = rest[end...]
        }
        return result + rest
    }
}
