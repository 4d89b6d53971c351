public import Wire

extension JSONValue {
    /// The value as Python's `pprint` lays it out, 80 characters wide, with the cuts of the original server's logs:
    /// lists to 10 elements, objects to 30 members, texts to 1,024 characters.
    public var pythonPrettyPrinted: String {
        var printer = PythonPrettyPrinter()
        printer.print(PrettyNode(self), indent: 0, allowance: 0, level: 1)
        return String(printer.output)
    }
}

/// A value after cutting, with the length of its one-line form, so that each is measured once.
private indirect enum PrettyNode {
    case scalar(text: String, length: Int)
    case text(String, length: Int)
    case list([PrettyNode], length: Int)
    case object([(key: String, keyLength: Int, value: PrettyNode)], length: Int)

    var length: Int {
        switch self {
        case .scalar(_, let length), .text(_, let length), .list(_, let length), .object(_, let length): length
        }
    }

    init(_ value: JSONValue, isCut: Bool = true) {
        switch value {
        case .string(let text):
            let text = isCut ? Self.cut(text) : text
            self = .text(text, length: pythonQuoted(text).unicodeScalars.count)
        case .array(let elements):
            var nodes = elements.prefix(10).map { PrettyNode($0) }
            if elements.count > 10 { nodes.append(Self.ellipsis) }
            self = .list(nodes, length: nodes.reduce(2) { $0 + $1.length } + 2 * max(0, nodes.count - 1))
        case .object(let members):
            var nodes = members.prefix(30).map { ($0.key, Self.member($0.value, key: $0.key)) }
            if members.count > 30 { nodes.append(("...", Self.ellipsis)) }
            self = Self.object(nodes)
        default:
            let text = value.pythonRepr
            self = .scalar(text: text, length: text.unicodeScalars.count)
        }
    }

    private static var ellipsis: PrettyNode { PrettyNode("...") }

    /// Lists of plans and devices show their names only. Tracebacks are not cut; the original server takes every key
    /// that is a part of the word for one.
    private static func member(_ value: JSONValue, key: String) -> PrettyNode {
        switch (key, value) {
        case ("plans_allowed", .object(let list)), ("plans_existing", .object(let list)),
            ("devices_allowed", .object(let list)), ("devices_existing", .object(let list)):
            object(list.map { ($0.key, PrettyNode("{...}")) })
        default: PrettyNode(value, isCut: !"traceback".contains(key))
        }
    }

    private static func object(_ members: some Sequence<(String, PrettyNode)>) -> PrettyNode {
        let nodes = members.map { member in
            let key = pythonQuoted(member.0)
            return (key: key, keyLength: key.unicodeScalars.count, value: member.1)
        }
        let length = nodes.reduce(2) { $0 + $1.keyLength + 2 + $1.value.length } + 2 * max(0, nodes.count - 1)
        return .object(nodes, length: length)
    }

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > 1024 else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(512))) + " ...\n... "
            + String(String.UnicodeScalarView(scalars.suffix(512)))
    }

    /// The value in one line.
    func write(to output: inout String.UnicodeScalarView) {
        switch self {
        case .scalar(let text, _): output.append(contentsOf: text.unicodeScalars)
        case .text(let text, _): output.append(contentsOf: pythonQuoted(text).unicodeScalars)
        case .list(let elements, _):
            output.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(contentsOf: ", ".unicodeScalars) }
                element.write(to: &output)
            }
            output.append("]")
        case .object(let members, _):
            output.append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(contentsOf: ", ".unicodeScalars) }
                output.append(contentsOf: member.key.unicodeScalars)
                output.append(contentsOf: ": ".unicodeScalars)
                member.value.write(to: &output)
            }
            output.append("}")
        }
    }
}

private struct PythonPrettyPrinter {
    private static let width = 80

    var output = String.UnicodeScalarView()

    /// - Parameters:
    ///   - indent: Column in which the value starts.
    ///   - allowance: Room that is needed behind it for closing brackets.
    ///   - level: How deep the value is nested; Python wraps texts at level 1 in parentheses.
    mutating func print(_ node: PrettyNode, indent: Int, allowance: Int, level: Int) {
        guard node.length > Self.width - indent - allowance else {
            node.write(to: &output)
            return
        }
        switch node {
        case .scalar: node.write(to: &output)
        case .text(let text, _): print(text: text, indent: indent, allowance: allowance, level: level)
        case .list(let elements, _):
            output.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { breakLine(indent + 1) }
                let isLast = index == elements.count - 1
                print(element, indent: indent + 1, allowance: isLast ? allowance + 1 : 1, level: level + 1)
            }
            output.append("]")
        case .object(let members, _):
            output.append("{")
            for (index, member) in members.enumerated() {
                if index > 0 { breakLine(indent + 1) }
                output.append(contentsOf: (member.key + ": ").unicodeScalars)
                let isLast = index == members.count - 1
                let column = indent + 1 + member.keyLength + 2
                print(member.value, indent: column, allowance: isLast ? allowance + 1 : 1, level: level + 1)
            }
            output.append("}")
        }
    }

    private mutating func breakLine(_ indent: Int, after separator: String = ",") {
        output.append(contentsOf: (separator + "\n" + String(repeating: " ", count: indent)).unicodeScalars)
    }

    // MARK: Long texts

    private mutating func print(text: String, indent: Int, allowance: Int, level: Int) {
        let inner = level == 1 ? 1 : 0
        let chunks = Self.chunks(text, width: Self.width - indent - inner, allowance: allowance + inner)
        if chunks.count == 1 {
            output.append(contentsOf: chunks[0].unicodeScalars)
            return
        }
        if level == 1 { output.append("(") }
        for (index, chunk) in chunks.enumerated() {
            if index > 0 { breakLine(indent + inner, after: "") }
            output.append(contentsOf: chunk.unicodeScalars)
        }
        if level == 1 { output.append(")") }
    }

    /// The text in quoted pieces: its lines, and of long lines as many words as fit.
    private static func chunks(_ text: String, width: Int, allowance: Int) -> [String] {
        var chunks: [String] = []
        let lines = PythonLines.split(text)
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            let quoted = pythonQuoted(line)
            if quoted.unicodeScalars.count <= (isLast ? width - allowance : width) {
                chunks.append(quoted)
                continue
            }
            let words = PythonLines.words(line)
            var current = ""
            for (number, word) in words.enumerated() {
                let limit = isLast && number == words.count - 1 ? width - allowance : width
                if pythonQuoted(current + word).unicodeScalars.count > limit {
                    if !current.isEmpty { chunks.append(pythonQuoted(current)) }
                    current = word
                } else {
                    current += word
                }
            }
            if !current.isEmpty { chunks.append(pythonQuoted(current)) }
        }
        return chunks
    }
}
