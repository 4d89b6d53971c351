internal import Wire

extension ValueType {
    /// Why the value does not fit; nothing if it fits. The first ``TypeProblem/limit`` problems are enough.
    func problems(_ value: JSONValue, at location: String, into problems: inout [TypeProblem]) {
        guard problems.count < TypeProblem.limit, fit(value) == nil else { return }
        switch self {
        case .list(let element, let form):
            guard let elements = value.array else { break }
            for (index, value) in elements.enumerated() {
                let place = "\(location).\(index)"
                element.problems(value, at: place, into: &problems)
                if form.isSet, element.fit(value) != nil, ValueType.hashable.fit(value) == nil {
                    problems.append(
                        .init(
                            location: place,
                            message: "Set items should be hashable",
                            kind: "set_item_not_hashable",
                            input: value
                        )
                    )
                }
            }
            return
        case .sequence(let element), .iterable(let element):
            guard let elements = value.array ?? (isIterable ? value.object?.keys.map(JSONValue.string) : nil) else {
                break
            }
            for (index, value) in elements.enumerated() {
                element.problems(value, at: "\(location).\(index)", into: &problems)
            }
            return
        case .tuple(let elements):
            guard let values = value.array, values.count <= elements.count else { break }
            for (index, element) in elements.enumerated() {
                let place = "\(location).\(index)"
                if index < values.count {
                    element.problems(values[index], at: place, into: &problems)
                } else {
                    problems.append(.init(location: place, message: "Field required", kind: "missing", input: value))
                }
            }
            return
        case .object(let key, let element):
            guard let members = value.object else { break }
            for (name, value) in members {
                key.problems(.string(name), at: "\(location).\(name).[key]", into: &problems)
                element.problems(value, at: "\(location).\(name)", into: &problems)
            }
            return
        case .union(let types):
            let types = types.filter { !$0.isNull }
            for type in types {
                type.problems(value, at: types.count == 1 ? location : "\(location).\(type.label)", into: &problems)
            }
            return
        default: break
        }
        let (message, kind) = complaint(value)
        problems.append(.init(location: location, message: message, kind: kind, input: value))
    }

    private var isIterable: Bool {
        if case .iterable = self { true } else { false }
    }

    /// What is wrong with a value as a whole.
    private func complaint(_ value: JSONValue) -> (message: String, kind: String) {
        switch self {
        case .null: ("Input should be None", "none_required")
        case .bool: Self.complaintAboutBool(value)
        case .integer: Self.complaintAboutInteger(value)
        case .number:
            value.string == nil
                ? ("Input should be a valid number", "float_type")
                : ("Input should be a valid number, unable to parse string as a number", "float_parsing")
        case .text: ("Input should be a valid string", "string_type")
        case .hashable: ("Input should be hashable", "is_hashable")
        case .list(_, .frozenset): ("Input should be a valid frozenset", "frozen_set_type")
        case .list(_, let form): ("Input should be a valid \(form.rawValue)", "\(form.rawValue)_type")
        case .sequence:
            value.string == nil
                ? ("Input should be an instance of Sequence", "is_instance_of")
                : ("'str' instances are not allowed as a Sequence value", "sequence_str")
        case .iterable: ("Input should be iterable", "iterable_type")
        case .tuple(let elements): Self.complaintAboutTuple(value, elements.count)
        case .object: ("Input should be a valid dictionary", "dict_type")
        case .literal(let values): ("Input should be \(alternatives(values.map(\.pythonRepr)))", "literal_error")
        case .choice(let choice) where choice.options.isEmpty:
            ("Input should be an instance of \(choice.name)", "is_instance_of")
        case .choice(let choice): ("Input should be \(alternatives(choice.options.map(pythonQuoted)))", "enum")
        case .impossible(let name) where TypeNames.isCallable(name): ("Input should be callable", "callable_type")
        case .impossible(let name): ("Input should be of type '\(name)', which JSON does not have", "no_json")
        case .any, .union: ("Input is not allowed", "value_error")
        }
    }

    private static func complaintAboutBool(_ value: JSONValue) -> (String, String) {
        switch value {
        case .string, .integer: ("Input should be a valid boolean, unable to interpret input", "bool_parsing")
        case .double(let number) where Int(exactly: number) != nil:
            ("Input should be a valid boolean, unable to interpret input", "bool_parsing")
        default: ("Input should be a valid boolean", "bool_type")
        }
    }

    private static func complaintAboutInteger(_ value: JSONValue) -> (String, String) {
        switch value {
        case .string:
            ("Input should be a valid integer, unable to parse string as an integer", "int_parsing")
        case .double(let number) where !number.isFinite: ("Input should be a finite number", "finite_number")
        case .double(let number) where number == number.rounded():
            ("Unable to parse input string as an integer, exceeded maximum size", "int_parsing_size")
        case .double: ("Input should be a valid integer, got a number with a fractional part", "int_from_float")
        default: ("Input should be a valid integer", "int_type")
        }
    }

    private static func complaintAboutTuple(_ value: JSONValue, _ count: Int) -> (String, String) {
        guard let elements = value.array else { return ("Input should be a valid tuple", "tuple_type") }
        let limit = "\(count) item\(count == 1 ? "" : "s")"
        return ("Tuple should have at most \(limit) after validation, not \(elements.count)", "too_long")
    }

    /// The type's name in the location of a problem, where several types were tried.
    private var label: String {
        switch self {
        case .any: return "any"
        case .null: return "none"
        case .bool: return "bool"
        case .integer: return "int"
        case .number: return "float"
        case .text: return "str"
        case .hashable: return "hashable"
        case .list(let element, .tuple): return "`tuple[\(element.label), ...]`"
        case .list(let element, let form): return "\(form.rawValue)[\(element.label)]"
        case .sequence(let element): return "list[\(element.label)]"
        case .iterable(let element): return "generator[\(element.label)]"
        case .tuple(let elements): return "tuple[\(elements.map(\.label).joined(separator: ", "))]"
        case .object(let key, let value): return "dict[\(key.label),\(value.label)]"
        case .union(let types):
            let labels = types.filter { !$0.isNull }.map(\.label)
            let label = labels.count == 1 ? labels[0] : "union[\(labels.joined(separator: ","))]"
            return types.contains(where: \.isNull) ? "nullable[\(label)]" : label
        case .literal(let values): return "literal[\(values.map(\.pythonRepr).joined(separator: ","))]"
        case .choice(let choice): return "enum[\(choice.name)]"
        case .impossible(let name): return TypeNames.isCallable(name) ? "callable" : name
        }
    }

    private func alternatives(_ options: [String]) -> String {
        guard let last = options.last, options.count > 1 else { return options.joined() }
        if options.count > 100 {
            return options.prefix(100).joined(separator: ", ") + " or one of \(options.count - 100) more"
        }
        return options.dropLast().joined(separator: ", ") + " or " + last
    }
}
