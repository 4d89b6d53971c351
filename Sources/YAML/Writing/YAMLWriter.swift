internal import Wire

/// Writes values in YAML's block style.
///
/// The library's emitter is not used: it takes a hundred times as long, seconds for the devices of a large instrument.
struct YAMLWriter {
    /// YAML allows 1024 characters; the colon is one of them.
    private static let maximumKeyLength = 1_000

    private(set) var bytes: [UInt8] = []

    mutating func document(_ value: JSONValue) {
        switch value {
        case .object(let members) where !members.isEmpty: block(members, indent: 0)
        case .array(let elements) where !elements.isEmpty: block(elements, indent: 0)
        default:
            scalar(value)
            append("\n")
        }
    }

    /// Members, each on a line of its own; the first continues the current line.
    private mutating func block(_ members: JSONObject, indent: Int) {
        var isFirst = true
        for (key, value) in members {
            if !isFirst { space(indent) }
            isFirst = false
            self.key(key, indent: indent)
            switch value {
            case .object(let inner) where !inner.isEmpty:
                append("\n")
                space(indent + 2)
                block(inner, indent: indent + 2)
            case .array(let elements) where !elements.isEmpty:
                append("\n")
                space(indent)
                block(elements, indent: indent)
            default:
                append(" ")
                scalar(value)
                append("\n")
            }
        }
    }

    /// A key with its colon. One that is too long to be known by the colon alone has a mark.
    private mutating func key(_ key: String, indent: Int) {
        let start = bytes.count
        text(key)
        if bytes.count - start > YAMLWriter.maximumKeyLength {
            bytes.insert(contentsOf: "? ".utf8, at: start)
            append("\n")
            space(indent)
        }
        append(":")
    }

    /// Elements, each behind a dash; the first continues the current line.
    private mutating func block(_ elements: [JSONValue], indent: Int) {
        for (index, value) in elements.enumerated() {
            if index > 0 { space(indent) }
            append("- ")
            switch value {
            case .object(let members) where !members.isEmpty: block(members, indent: indent + 2)
            case .array(let inner) where !inner.isEmpty: block(inner, indent: indent + 2)
            default:
                scalar(value)
                append("\n")
            }
        }
    }

    private mutating func scalar(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(number.description)
        case .bigInteger(let digits): append(digits)
        case .double(let number): append(YAMLScalar.text(of: number))
        case .string(let value): text(value)
        case .array: append("[]")
        case .object: append("{}")
        }
    }

    private mutating func text(_ text: String) {
        guard !YAMLScalar.isPlain(text) else {
            append(text)
            return
        }
        append("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
            case "\n": append("\\n")
            case "\t": append("\\t")
            case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: escape(scalar)
            }
        }
        append("\"")
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        append("\\" + mark + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits)
    }

    private mutating func append(_ text: String) { bytes += text.utf8 }

    private mutating func space(_ count: Int) { bytes += repeatElement(UInt8(ascii: " "), count: count) }
}
