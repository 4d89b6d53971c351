internal import Wire

/// The arguments of an item, given to the parameters of a plan by the rules of Python's `inspect.Signature.bind`.
struct ArgumentBinding {
    /// A parameter that got a value, by its place in the signature.
    struct Bound {
        let index: Int
        let value: Value
    }

    enum Value {
        case single(JSONValue)
        /// What a parameter like `*args` takes.
        case positional([JSONValue])
        /// What a parameter like `**kwargs` takes.
        case named(JSONObject)
    }

    /// In the order of the signature.
    private(set) var bound: [Bound] = []

    /// - Throws: ``ItemError`` with the text that Python has for it.
    init(_ signature: [CompiledParameter], args: JSONValue?, kwargs: JSONValue?) throws(ItemError) {
        var named = JSONObject()
        let positional = try Self.positional(args)
        if let kwargs {
            guard let members = kwargs.object else {
                throw ItemError(
                    "inspect.Signature.bind() argument after ** must be a mapping, not \(kwargs.pythonTypeName)"
                )
            }
            named = members
        }
        let next = try bind(positional, to: signature, named)
        try bind(&named, to: signature, from: next)
    }

    private static func positional(_ args: JSONValue?) throws(ItemError) -> [JSONValue] {
        switch args {
        case nil: []
        case .array(let values): values
        // Python takes a text letter by letter and an object key by key.
        case .string(let text): text.unicodeScalars.map { .string(String($0)) }
        case .object(let members): members.keys.map(JSONValue.string)
        case let other?:
            throw ItemError(
                "inspect.Signature.bind() argument after * must be an iterable, not \(other.pythonTypeName)"
            )
        }
    }

    /// Binds the positional arguments; returns the parameter from which on names decide.
    private mutating func bind(
        _ values: [JSONValue],
        to signature: [CompiledParameter],
        _ named: JSONObject
    ) throws(ItemError) -> Int {
        var index = 0
        for (position, value) in values.enumerated() {
            guard index < signature.count else { throw ItemError("too many positional arguments") }
            let parameter = signature[index]
            switch parameter.kind {
            case .varKeyword, .keywordOnly: throw ItemError("too many positional arguments")
            case .varPositional:
                bound.append(Bound(index: index, value: .positional(Array(values[position...]))))
                return index + 1
            case .positionalOrKeyword where named[parameter.name] != nil:
                throw ItemError("multiple values for argument \(pythonQuoted(parameter.name))")
            case .positionalOnly, .positionalOrKeyword:
                bound.append(Bound(index: index, value: .single(value)))
                index += 1
            }
        }
        // The first parameter that got no value must be a named one, have a default, or be missed here.
        while index < signature.count {
            let parameter = signature[index]
            if parameter.kind == .varPositional { return index + 1 }
            if named[parameter.name] != nil {
                if parameter.kind == .positionalOnly { throw Self.passedAsKeyword(parameter) }
                return index
            }
            if parameter.kind == .varKeyword || parameter.isOptional { return index }
            throw Self.missing(parameter)
        }
        return index
    }

    private mutating func bind(
        _ named: inout JSONObject,
        to signature: [CompiledParameter],
        from start: Int
    ) throws(ItemError) {
        var rest: Int?
        for index in signature.indices.dropFirst(start) {
            let parameter = signature[index]
            switch parameter.kind {
            case .varKeyword: rest = index
            case .varPositional: break
            default:
                if let value = named.removeValue(forKey: parameter.name) {
                    if parameter.kind == .positionalOnly { throw Self.passedAsKeyword(parameter) }
                    bound.append(Bound(index: index, value: .single(value)))
                } else if !parameter.isOptional {
                    throw Self.missing(parameter)
                }
            }
        }
        guard let unused = named.first(where: { _ in true }) else { return }
        guard let rest else {
            throw ItemError("got an unexpected keyword argument \(pythonQuoted(unused.key))")
        }
        bound.append(Bound(index: rest, value: .named(named)))
    }

    private static func missing(_ parameter: CompiledParameter) -> ItemError {
        ItemError("missing a required argument: \(pythonQuoted(parameter.name))")
    }

    private static func passedAsKeyword(_ parameter: CompiledParameter) -> ItemError {
        ItemError("\(pythonQuoted(parameter.name)) parameter is positional only, but was passed as a keyword")
    }
}

extension ArgumentBinding.Value {
    /// The value as one JSON value.
    var json: JSONValue {
        switch self {
        case .single(let value): value
        case .positional(let values): .array(values)
        case .named(let members): .object(members)
        }
    }

    /// The value as Python's `str` shows it: positional arguments are a tuple there.
    var pythonString: String {
        switch self {
        case .single(let value): value.pythonString
        case .positional(let values): pythonTuple(values.map(\.pythonRepr))
        case .named(let members): JSONValue.object(members).pythonRepr
        }
    }

    /// For example `<class 'tuple'>`.
    var pythonType: String {
        if case .positional = self { "<class 'tuple'>" } else { json.pythonType }
    }
}
