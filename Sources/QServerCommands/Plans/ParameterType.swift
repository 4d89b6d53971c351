internal import QueueClient
internal import Wire

/// What a parameter's type, as Python writes it, says about the values on a command line. Types that are not understood
/// permit everything: the manager checks again.
struct ParameterType {
    private let alternatives: [Substring]
    /// The names in the type that are no types of Python: choices and marks such as `__READABLE__`.
    let names: [String]
    private let words: [String]
    private let parameterName: String

    /// Which devices the marks of a description stand for.
    static let deviceMarks: [String: @Sendable (DeviceDescription) -> Bool] = [
        "__READABLE__": { $0.isReadable }, "__MOVABLE__": { $0.isMovable }, "__FLYABLE__": { $0.isFlyable },
        "__DEVICE__": { _ in true }, "__PLAN_OR_DEVICE__": { _ in true },
    ]

    private static let lists: Set<String> = ["List", "list", "Sequence", "Iterable", "Tuple", "tuple", "Collection"]
    private static let wrappers: Set<String> = [
        "Optional", "Union", "None", "NoneType", "typing", "collections", "abc",
    ]
    private static let plain: [String: String] = [
        "int": "a whole number", "float": "a number", "str": "a text", "bool": "True or False",
    ]

    init(_ parameter: PlanParameter) {
        let type = ParameterType.unwrapped(parameter.type ?? "")
        alternatives = ParameterType.split(type, at: "|").filter { $0 != "None" && $0 != "NoneType" }
        words = (parameter.type ?? "").split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        names = words.filter { name in
            !ParameterType.lists.contains(name) && !ParameterType.wrappers.contains(name)
                && ParameterType.plain[name] == nil
        }
        // Plans without annotations are common, and their detectors are always a list.
        parameterName = parameter.type == nil && parameter.kind != .anyPositional ? parameter.name : ""
    }

    /// Whether the type consists of nothing but choices, marks, lists of them and None.
    func isOnlyNames(_ choices: some Collection<String>) -> Bool {
        !names.isEmpty && words.allSatisfy { ParameterType.plain[$0] == nil }
            && names.allSatisfy {
                choices.contains($0) || $0 == "__PLAN__" || ParameterType.deviceMarks.keys.contains($0)
            }
    }

    /// The value in the form that the type asks for.
    func adapted(_ value: JSONValue) -> JSONValue {
        let isList = alternatives.isEmpty ? parameterName == "detectors" : alternatives.allSatisfy(isList)
        switch value {
        case .null, .array, .object: return value
        case .string where isList: return [value]
        case .integer where isList, .double where isList: return [value]
        case .integer where alternatives == ["str"], .double where alternatives == ["str"]:
            return .string(value.encodedText)
        case .string(let text) where alternatives == ["bool"]:
            switch text.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: return value
            }
        default: return value
        }
    }

    /// What the type asks for in words if the value is something else.
    func mismatch(_ value: JSONValue) -> String? {
        guard !value.isNull, alternatives.count == 1, let expected = ParameterType.plain[String(alternatives[0])] else {
            return nil
        }
        switch (alternatives[0], value) {
        case ("int", .integer), ("int", .bigInteger), ("str", .string), ("bool", .bool): return nil
        case ("float", _) where value.number != nil: return nil
        default: return expected
        }
    }

    private func isList(_ type: Substring) -> Bool {
        let name = type.prefix { $0 != "[" }.split(separator: ".").last ?? ""
        return ParameterType.lists.contains(String(name))
    }

    /// The type inside `Optional[…]`, and `A | B` for `Union[A, B]`.
    private static func unwrapped(_ type: String) -> String {
        for (prefix, separator) in [
            ("typing.Optional[", nil), ("typing.Union[", ","), ("Optional[", nil), ("Union[", ","),
        ]
            as [(String, Character?)]
        where type.hasPrefix(prefix) && type.hasSuffix("]") {
            let inner = String(type.dropFirst(prefix.count).dropLast())
            guard let separator else { return unwrapped(inner) }
            return split(inner, at: separator).joined(separator: "|")
        }
        return type
    }

    /// Splits where the separator stands outside brackets, and trims the parts.
    private static func split(_ type: String, at separator: Character) -> [Substring] {
        var parts: [Substring] = []
        var depth = 0
        var start = type.startIndex
        for index in type.indices {
            switch type[index] {
            case "[", "(": depth += 1
            case "]", ")": depth -= 1
            case separator where depth == 0:
                parts.append(type[start..<index])
                start = type.index(after: index)
            default: break
            }
        }
        parts.append(type[start...])
        return parts.map { part in
            let start = part.drop { $0 == " " }
            return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
        }.filter { !$0.isEmpty }
    }
}
