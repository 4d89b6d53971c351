internal import Wire

extension ValueType {
    /// The value as it was understood, as Python shows it, and the name of its Python type. For values that fit.
    func interpretation(_ value: JSONValue) -> (text: String, type: String) {
        switch self {
        case .bool: return (Self.bool(value) ? "True" : "False", "bool")
        case .integer: return (Self.integer(value), "int")
        case .number: return (JSONValue.double(Self.number(value)).pythonRepr, "float")
        case .list(let element, let form):
            let texts = Self.texts(value, element)
            let list = texts.joined(separator: ", ")
            switch form {
            case .list: return ("[\(list)]", "list")
            case .tuple: return (pythonTuple(texts), "tuple")
            case .set: return ("{\(list)}", "set")
            case .frozenset: return ("frozenset({\(list)})", "frozenset")
            }
        case .sequence(let element), .iterable(let element):
            return ("[" + Self.texts(value, element).joined(separator: ", ") + "]", "list")
        case .tuple(let elements):
            return (pythonTuple(zip(elements, value.array ?? []).map { $0.interpretation($1).text }), "tuple")
        case .object(let key, let element):
            let members = (value.object ?? [:]).map {
                key.interpretation(.string($0.key)).text + ": " + element.interpretation($0.value).text
            }
            return ("{" + members.joined(separator: ", ") + "}", "dict")
        case .union(let types):
            guard let type = bestOf(types, value)?.type else { break }
            return type.interpretation(value)
        case .literal(let values):
            guard let found = literal(values, equalTo: value)?.value else { break }
            return (found.pythonRepr, found.pythonTypeName)
        case .choice(let choice): return ("<\(choice.name).\(value.pythonString): \(value.pythonRepr)>", choice.name)
        case .any, .null, .text, .hashable, .impossible: break
        }
        return (value.pythonRepr, value.pythonTypeName)
    }

    private static func texts(_ value: JSONValue, _ element: ValueType) -> [String] {
        (value.array ?? value.object?.keys.map(JSONValue.string) ?? []).map { element.interpretation($0).text }
    }

    private static func bool(_ value: JSONValue) -> Bool {
        value.string.flatMap(LenientReading.bool) ?? value.bool ?? (value.number == 1)
    }

    private static func integer(_ value: JSONValue) -> String {
        switch value {
        case .bool(let flag): flag ? "1" : "0"
        case .double(let number): Int(exactly: number).map(\.description) ?? value.pythonRepr
        case .string(let text): LenientReading.integer(text) ?? value.pythonRepr
        default: value.pythonRepr
        }
    }

    private static func number(_ value: JSONValue) -> Double {
        value.string.flatMap(LenientReading.number) ?? value.bool.map { $0 ? 1 : 0 } ?? value.number ?? .nan
    }
}

/// A tuple as Python shows it, of elements that are shown already.
func pythonTuple(_ elements: [String]) -> String {
    elements.count == 1 ? "(\(elements[0]),)" : "(" + elements.joined(separator: ", ") + ")"
}
