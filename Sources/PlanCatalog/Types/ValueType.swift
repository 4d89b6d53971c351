internal import Wire

/// The type of a parameter, compiled from its annotation.
indirect enum ValueType: Sendable {
    case any
    case null
    case bool
    case integer
    case number
    case text
    /// Anything but lists and objects.
    case hashable
    case list(ValueType)
    /// Python's `Sequence`: also a text, if the elements may be anything.
    case sequence(ValueType)
    /// Python's `Iterable`: also an object, whose keys it then means.
    case iterable(ValueType)
    case set(ValueType)
    case tuple([ValueType])
    case object(key: ValueType, value: ValueType)
    case union([ValueType])
    case literal([JSONValue])
    /// One of the names of a list of devices, plans or texts.
    case choice(Choice)
    /// A type that no JSON value has, such as a function.
    case impossible(String)

    var isAny: Bool {
        if case .any = self { true } else { false }
    }
}

/// The names that a value may be taken from.
struct Choice: Sendable {
    /// What the annotation calls the list.
    let name: String
    let options: [String]
    private let lookup: Set<String>

    init(name: String, options: [String]) {
        self.name = name
        self.options = options
        lookup = Set(options)
    }

    func contains(_ text: String) -> Bool { lookup.contains(text) }
}

extension ValueType {
    /// What the type takes, in words: the end of a sentence that begins with "expected".
    var expectation: String {
        switch self {
        case .any: "anything"
        case .null: "null"
        case .bool: "true or false"
        case .integer: "an integer"
        case .number: "a number"
        case .text: "a text"
        case .hashable: "a text, a number, true, false or null"
        case .list(let element), .sequence(let element), .iterable(let element), .set(let element):
            element.isAny ? "a list" : "a list of (\(element.expectation))"
        case .tuple(let elements):
            elements.isEmpty
                ? "an empty list"
                : "a list of \(elements.count): (" + elements.map(\.expectation).joined(separator: "), (") + ")"
        case .object(_, let value): value.isAny ? "an object" : "an object of (\(value.expectation))"
        case .union(let types): types.map(\.expectation).joined(separator: " or ")
        case .literal(let values): "one of " + values.map(\.pythonRepr).joined(separator: ", ")
        case .choice(let choice): choice.expectation
        case .impossible(let name): "'\(name)', which cannot be sent as JSON"
        }
    }
}

extension Choice {
    fileprivate var expectation: String {
        guard !options.isEmpty else { return "a name from the list '\(name)', which is empty for this user group" }
        let shown = options.prefix(20).map(pythonQuoted).joined(separator: ", ")
        return "one of " + shown + (options.count > 20 ? " and \(options.count - 20) more" : "")
    }
}
