internal import QueueClient
internal import TerminalKit
internal import Wire

/// Checks the values of a call against the plan's description, and gives them the form that the plan takes: one device
/// becomes a list where a list is wanted, a number a text where a text is.
struct PlanCallCheck {
    private let plan: PlanDescription
    private let planNames: [String]
    /// The devices that may be used, by name; needed where ``needsDevices`` says so.
    var devices = JSONObject()

    init(_ plan: PlanDescription, planNames: [String] = []) {
        self.plan = plan
        self.planNames = planNames
    }

    /// Whether a parameter takes devices that the description does not list.
    var needsDevices: Bool {
        plan.parameters.contains { ParameterType($0).names.contains { ParameterType.deviceMarks.keys.contains($0) } }
    }

    /// The call with its values in the form that the plan takes.
    ///
    /// - Throws: ``CommandFailure`` that names the value, says what is allowed and what was perhaps meant.
    func checked(_ call: PlanCall) throws -> PlanCall {
        var call = call
        var given: Set<String> = []
        let positional = plan.parameters.filter { [.positionalOnly, .positionalOrKeyword].contains($0.kind) }
        let rest = plan.parameters.first { $0.kind == .anyPositional }
        for index in call.arguments.indices {
            guard let parameter = index < positional.count ? positional[index] : rest else {
                throw failure(
                    "takes \(count(positional.count, "value")) without a name; \(call.arguments.count) were given"
                )
            }
            if index < positional.count { given.insert(parameter.name) }
            call.arguments[index] = try checked(call.arguments[index], for: parameter)
        }
        let named = plan.parameters.filter { [.positionalOrKeyword, .keywordOnly].contains($0.kind) }
        let others = plan.parameters.first { $0.kind == .anyKeyword }
        for (name, value) in call.keywordArguments {
            guard let parameter = named.first(where: { $0.name == name }) ?? others else {
                throw failure("has no parameter '\(name)'.\(Suggestion.question(name, in: named.map(\.name)))")
            }
            guard given.insert(name).inserted else {
                throw failure("was given '\(name)' twice, by position and by name")
            }
            call.keywordArguments[name] = try checked(value, for: parameter, named: name)
        }
        if let missing = plan.parameters.first(where: { $0.isRequired && !given.contains($0.name) }) {
            var text = missing.text.onOneLine
            if text.hasSuffix(".") { text.removeLast() }
            throw failure("needs '\(missing.name)'\(text.isEmpty ? "" : " (\(text))")")
        }
        return call
    }

    private func failure(_ text: String) -> CommandFailure {
        let end = text.hasSuffix(".") || text.hasSuffix("?") ? "" : "."
        return .parameters("\(plan.name) \(text)\(end) Its parameters: \(plan.signature)")
    }

    private func checked(_ value: JSONValue, for parameter: PlanParameter, named name: String? = nil) throws
        -> JSONValue
    {
        let type = ParameterType(parameter)
        let value = type.adapted(value)
        if let expected = type.mismatch(value) {
            throw failure("takes \(expected) for '\(name ?? parameter.name)', not \(value.pythonRepr)")
        }
        if let allowed = allowed(by: type, parameter) {
            for text in value.texts where !allowed.contains(text) && !isComponent(text, of: allowed) {
                let shown = allowed.prefix(30).joined(separator: ", ") + (allowed.count > 30 ? ", …" : "")
                throw CommandFailure.parameters(
                    "\(plan.name) does not take '\(text)' for '\(name ?? parameter.name)'."
                        + "\(Suggestion.question(text, in: allowed)) Allowed: \(shown)"
                )
            }
        }
        if let number = value.number {
            let isInside = number >= parameter.minimum ?? number && number <= parameter.maximum ?? number
            guard isInside else {
                let limits = [parameter.minimum.map { "at least \($0)" }, parameter.maximum.map { "at most \($0)" }]
                throw failure(
                    "takes \(limits.compactMap { $0 }.joined(separator: " and ")) for '\(parameter.name)', not \(number)"
                )
            }
        }
        return value
    }

    /// The texts that the parameter takes; nil if that cannot be said.
    private func allowed(by type: ParameterType, _ parameter: PlanParameter) -> [String]? {
        let choices = parameter.choices
        guard type.isOnlyNames(choices.keys) else { return nil }
        var allowed: [String] = []
        for name in type.names {
            if let words = choices[name] {
                allowed += words
            } else if let isMeant = ParameterType.deviceMarks[name] {
                allowed += devices.filter { isMeant(DeviceDescription($0.value.object ?? [:])) }.map(\.key)
            }
            if name == "__PLAN__" || name == "__PLAN_OR_DEVICE__" { allowed += planNames }
        }
        return allowed
    }

    /// Whether the text is a component (`motor1.velocity`) of one of the devices.
    private func isComponent(_ text: String, of allowed: [String]) -> Bool {
        guard let dot = text.firstIndex(of: ".") else { return false }
        return allowed.contains(String(text[..<dot])) || devices[String(text[..<dot])] != nil
    }
}

extension JSONValue {
    /// The texts in the value and, if it is a list, in its elements.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(\.texts)
        default: []
        }
    }
}
