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
    /// A JSON array, whatever Python makes of it.
    case list(ValueType, as: ListForm)
    /// Python's `Sequence`: also a text, if the elements may be anything.
    case sequence(ValueType)
    /// Python's `Iterable`: also an object, whose keys it then means.
    case iterable(ValueType)
    /// An array of as many elements as there are types.
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

    var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

/// What Python makes of a JSON array.
enum ListForm: String, Sendable {
    case list, tuple, set, frozenset

    /// Whether elements must be such that Python can put them into a set.
    var isSet: Bool { self == .set || self == .frozenset }
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
