/// The types of Python that an annotation may name, with or without arguments in brackets.
enum TypeNames {
    static func isCallable(_ name: String) -> Bool { ["typing.Callable", "collections.abc.Callable"].contains(name) }

    /// - Throws: ``CatalogError`` if there is no such type or it takes other arguments.
    static func type(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> ValueType {
        if let simple = simple(name) {
            guard arguments == nil else { throw CatalogError("type '\(name)' is not subscriptable") }
            return simple
        }
        if isCallable(name) { return .impossible(name) }
        switch name {
        case "typing.Optional": return .union(of: [try one(name, arguments), .null])
        case "typing.Union":
            let types = try types(name, arguments)
            guard !types.isEmpty else { throw CatalogError("\(name) needs types in brackets") }
            return .union(of: types)
        case "typing.Annotated":
            guard case .type(let type)? = arguments?.first else {
                throw CatalogError("\(name) needs a type in brackets")
            }
            return type
        case "list", "typing.List", "typing.MutableSequence", "collections.abc.MutableSequence":
            return .list(try element(name, arguments), as: .list)
        case "typing.Sequence", "collections.abc.Sequence": return .sequence(try element(name, arguments))
        case "typing.Iterable", "collections.abc.Iterable": return .iterable(try element(name, arguments))
        case "set", "typing.Set", "typing.MutableSet", "collections.abc.MutableSet":
            return .list(try element(name, arguments), as: .set)
        case "frozenset", "typing.FrozenSet", "typing.AbstractSet", "collections.abc.Set":
            return .list(try element(name, arguments), as: .frozenset)
        case "tuple", "typing.Tuple": return try tuple(name, arguments)
        case "dict", "typing.Dict", "typing.Mapping", "collections.abc.Mapping", "typing.MutableMapping",
            "collections.abc.MutableMapping":
            return try object(name, arguments)
        case "type", "typing.Type": return .impossible(name)
        default: throw unknown(name)
        }
    }

    private static func simple(_ name: String) -> ValueType? {
        switch name {
        case "typing.Any", "object": .any
        case "None", "NoneType": .null
        case "bool": .bool
        case "int": .integer
        case "float": .number
        case "str", "typing.Text": .text
        case "typing.Hashable", "collections.abc.Hashable": .hashable
        case "bytes", "bytearray", "complex": .impossible(name)
        // Names of devices and plans travel as texts; which texts they are is not checked here.
        case "__PLAN__", "__DEVICE__", "__PLAN_OR_DEVICE__", "__READABLE__", "__MOVABLE__", "__FLYABLE__",
            "__CALLABLE__":
            .text
        default: nil
        }
    }

    private static func tuple(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> ValueType {
        guard let arguments else { return .list(.any, as: .tuple) }
        switch (arguments.first, arguments.dropFirst().first) {
        case (.emptyTuple?, nil): return .tuple([])
        case (.type(let element)?, .ellipsis?) where arguments.count == 2: return .list(element, as: .tuple)
        default: return .tuple(try types(name, arguments))
        }
    }

    private static func object(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> ValueType {
        guard arguments != nil else { return .object(key: .any, value: .any) }
        let types = try types(name, arguments)
        guard types.count == 2 else { throw CatalogError("\(name) needs two types in brackets") }
        return .object(key: types[0], value: types[1])
    }

    private static func element(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> ValueType {
        arguments == nil ? .any : try one(name, arguments)
    }

    private static func one(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> ValueType {
        let types = try types(name, arguments)
        guard types.count == 1 else { throw CatalogError("\(name) needs one type in brackets") }
        return types[0]
    }

    private static func types(_ name: String, _ arguments: [TypeArgument]?) throws(CatalogError) -> [ValueType] {
        try (arguments ?? []).map { (argument) throws(CatalogError) in
            guard case .type(let type) = argument else { throw CatalogError("\(name) cannot be used like this") }
            return type
        }
    }

    private static func unknown(_ name: String) -> CatalogError {
        for module in ["typing", "collections", "bluesky", "enum"] where name.hasPrefix(module + ".") {
            return CatalogError("'\(shortened(name))' does not exist or its values cannot be checked")
        }
        return CatalogError("name '\(shortened(name))' is not defined")
    }
}

extension ValueType {
    /// A union; unions inside it become part of it.
    static func union(of types: [ValueType]) -> ValueType {
        let flat = types.flatMap { type in
            if case .union(let inner) = type { inner } else { [type] }
        }
        return flat.count == 1 ? flat[0] : .union(flat)
    }
}
