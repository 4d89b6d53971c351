internal import Wire

extension ValueType {
    /// Why the value does not fit, one line per place; nothing if it fits. `path` is where the value stands.
    func problems(_ value: JSONValue, at path: String, into lines: inout [String]) {
        guard fit(value) == nil else { return }
        let count = lines.count
        switch self {
        case .list(let element), .sequence(let element), .iterable(let element), .set(let element):
            for (index, value) in (value.array ?? []).enumerated() {
                element.problems(value, at: "\(path)[\(index)]", into: &lines)
            }
        case .tuple(let elements) where value.array?.count == elements.count:
            for (index, (element, value)) in zip(elements, value.array ?? []).enumerated() {
                element.problems(value, at: "\(path)[\(index)]", into: &lines)
            }
        case .object(let key, let element):
            for (name, value) in value.object ?? [:] {
                key.problems(.string(name), at: "key of \(path)", into: &lines)
                element.problems(value, at: "\(path)[\(pythonQuoted(name))]", into: &lines)
            }
        default: break
        }
        if lines.count == count {
            lines.append("\(path): expected \(expectation), got \(shortened(value.pythonRepr))")
        }
    }

    /// The value as it was understood, as Python shows it, and the name of its Python type. For values that fit.
    func interpretation(_ value: JSONValue) -> (text: String, type: String) {
        switch self {
        case .bool: (Self.bool(value) ? "True" : "False", "bool")
        case .integer: (Self.integer(value), "int")
        case .number:
            (JSONValue.double(value.string.flatMap(LenientReading.number) ?? Self.double(value)).pythonRepr, "float")
        case .list(let element), .sequence(let element), .iterable(let element):
            ("[" + Self.texts(value, element).joined(separator: ", ") + "]", "list")
        case .set(let element): ("{" + Self.texts(value, element).joined(separator: ", ") + "}", "set")
        case .tuple(let elements):
            (pythonTuple(zip(elements, value.array ?? []).map { $0.interpretation($1).text }), "tuple")
        case .object(let key, let element):
            (
                "{"
                    + (value.object ?? [:]).map {
                        key.interpretation(.string($0.key)).text + ": " + element.interpretation($0.value).text
                    }.joined(separator: ", ") + "}", "dict"
            )
        case .union(let types):
            bestOf(types, value)?.type.interpretation(value) ?? (value.pythonRepr, value.pythonTypeName)
        case .literal(let values):
            literal(values, equalTo: value).map { ($0.value.pythonRepr, $0.value.pythonTypeName) }
                ?? (value.pythonRepr, value.pythonTypeName)
        case .choice(let choice): ("<\(choice.name).\(value.pythonString): \(value.pythonRepr)>", choice.name)
        default: (value.pythonRepr, value.pythonTypeName)
        }
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

    private static func double(_ value: JSONValue) -> Double {
        value.bool.map { $0 ? 1 : 0 } ?? value.number ?? .nan
    }
}

/// A tuple as Python shows it, of elements that are shown already.
func pythonTuple(_ elements: [String]) -> String {
    elements.count == 1 ? "(\(elements[0]),)" : "(" + elements.joined(separator: ", ") + ")"
}
