internal import TerminalKit
internal import Wire

/// Any JSON value as an indented outline, which is also YAML.
enum Outline {
    /// The value as lines.
    static func text(_ value: JSONValue) -> String {
        var lines: [String] = []
        append(value, indentation: "", to: &lines)
        return lines.joined(separator: "\n")
    }

    private static func append(_ value: JSONValue, indentation: String, to lines: inout [String]) {
        switch value {
        case .object(let members) where !members.isEmpty:
            for (key, member) in members {
                append(member, after: indentation + scalar(.string(key)) + ":", indentation: indentation, to: &lines)
            }
        case .array(let elements) where !elements.isEmpty:
            for element in elements {
                append(element, after: indentation + "-", indentation: indentation, to: &lines)
            }
        default: lines.append(indentation + scalar(value))
        }
    }

    private static func append(
        _ value: JSONValue,
        after head: String,
        indentation: String,
        to lines: inout [String]
    ) {
        if isShort(value) {
            lines.append(head + " " + scalar(value))
        } else {
            lines.append(head)
            append(value, indentation: indentation + "  ", to: &lines)
        }
    }

    /// Scalars, empty containers and short lists of scalars stay on their line.
    private static func isShort(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.isEmpty || (isFlat(value) && value.encodedText.count <= 60)
        case .object(let members): members.isEmpty
        default: true
        }
    }

    private static func isFlat(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.allSatisfy(isFlat)
        case .object: false
        default: true
        }
    }

    private static func scalar(_ value: JSONValue) -> String {
        if let text = value.string, isPlain(text) { return text }
        return value.encodedText
    }

    /// Whether YAML reads the bare text as this text.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text == text.onOneLine else {
            return false
        }
        let words: Set<String> = [
            "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
        ]
        return !words.contains(text.lowercased()) && !text.contains(": ") && !text.contains(" #")
            && !text.hasSuffix(":") && text.last?.isWhitespace == false
    }
}
