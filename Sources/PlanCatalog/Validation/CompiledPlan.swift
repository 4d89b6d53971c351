internal import Wire

/// A plan as one user group may use it, prepared so that checking an item needs no parsing.
struct CompiledPlan: Sendable {
    let parameters: [CompiledParameter]
    /// Why no item of this plan can be accepted, if the description is faulty.
    let problem: ItemError?

    /// Prepares a plan whose lists of names are cut to what the group may use.
    init(_ plan: PlanDescription) {
        var parameters: [CompiledParameter] = []
        var problem: ItemError?
        for parameter in plan.parameters {
            do throws(ItemError) {
                parameters.append(try CompiledParameter(parameter))
            } catch {
                problem = problem ?? error
            }
        }
        self.parameters = parameters
        self.problem = problem
    }

    /// Gives the arguments to the parameters and checks their types and ranges.
    ///
    /// - Throws: ``ItemError`` with the first kind of problem that is found, for all arguments that have it.
    func bind(_ item: JSONObject) throws(ItemError) -> ArgumentBinding {
        if let problem { throw problem }
        let binding = try ArgumentBinding(parameters, args: item["args"], kwargs: item["kwargs"])
        try checkTypes(binding)
        try checkRanges(binding)
        return binding
    }

    private func checkTypes(_ binding: ArgumentBinding) throws(ItemError) {
        var isSame = true
        for bound in binding.bound {
            guard let fit = parameters[bound.index].fit(bound.value) else { throw typeError(binding) }
            isSame = isSame && fit.isSame
        }
        if !isSame { throw conversionError(binding) }
    }

    private func typeError(_ binding: ArgumentBinding) -> ItemError {
        var problems: [TypeProblem] = []
        for bound in binding.bound {
            let parameter = parameters[bound.index]
            parameter.boundType.problems(bound.value.json, at: parameter.name, into: &problems)
        }
        return ItemError(TypeProblem.report(problems))
    }

    private func conversionError(_ binding: ArgumentBinding) -> ItemError {
        var lines: [String] = []
        for bound in binding.bound {
            let parameter = parameters[bound.index]
            guard parameter.fit(bound.value)?.isSame == false else { continue }
            let read = parameter.boundType.interpretation(bound.value.json)
            lines.append(
                "Incorrect parameter type: key='\(parameter.name)', value='\(bound.value.pythonString)' "
                    + "(\(bound.value.pythonType)), interpreted as '\(read.text)' (<class '\(read.type)'>)"
            )
        }
        return ItemError("Error in argument types: " + lines.joined(separator: "\n"))
    }

    private func checkRanges(_ binding: ArgumentBinding) throws(ItemError) {
        var lines: [String] = []
        for bound in binding.bound {
            let parameter = parameters[bound.index]
            guard let range = parameter.range else { continue }
            try range.check()
            guard let problem = range.problem(in: bound.value.json) else { continue }
            lines.append(
                "Parameter value is out of range: key='\(parameter.name)', value='\(bound.value.pythonString)': \(problem)"
            )
        }
        if !lines.isEmpty { throw ItemError("Argument values are out of range: " + lines.joined(separator: "\n")) }
    }
}

/// A parameter with its type and range compiled.
struct CompiledParameter: Sendable {
    let name: String
    let kind: ParameterKind
    let isOptional: Bool
    let type: ValueType
    let range: NumberRange?
    /// Which texts stand for devices and plans.
    let references: ReferenceRule
    /// The value to pass to the plan if the argument is missing, because the plan itself does not know it.
    let defaultToPass: JSONValue?

    init(_ parameter: ParameterDescription) throws(ItemError) {
        name = parameter.name
        kind = parameter.kind
        isOptional = parameter.isOptional
        range = NumberRange(parameter)
        references = ReferenceRule(parameter)
        type = try parameter.annotation.map(Self.type) ?? .any
        guard parameter.isDefaultDefinedInDecorator == true, let text = parameter.defaultValue else {
            defaultToPass = nil
            return
        }
        do throws(PythonLiteralError) {
            defaultToPass = try JSONValue(pythonLiteral: text)
        } catch {
            throw ItemError("Failed to decode the default value '\(text)': \(error.reason)")
        }
    }

    private static func type(_ annotation: Annotation) throws(ItemError) -> ValueType {
        do throws(CatalogError) {
            if !annotation.other.isEmpty {
                throw CatalogError(
                    "Annotation contains unsupported keys: \(JSONValue(annotation.other.keys).pythonRepr). "
                        + "Supported keys: ('type', 'devices', 'plans', 'enums')"
                )
            }
            var choices: [String: Choice] = [:]
            for (name, options) in [annotation.devices, annotation.plans, annotation.enums].compactMap(\.self).joined()
            {
                guard annotation.type.contains(name) else {
                    throw CatalogError(
                        "Type \(pythonQuoted(name)) is defined in the annotation, but not used in the parameter type"
                    )
                }
                choices[name] = Choice(name: name, options: options)
            }
            return try TypeParser.type(annotation.type, choices: choices)
        } catch {
            throw ItemError("Failed to process annotation '\(annotation.type)': \(error.reason)")
        }
    }

    /// The type of all that the parameter takes.
    var boundType: ValueType {
        switch kind {
        case .varPositional: .list(type, as: .list)
        case .varKeyword: .object(key: .text, value: type)
        default: type
        }
    }

    func fit(_ value: ArgumentBinding.Value) -> Fit? {
        switch value {
        case .single(let value): return type.fit(value)
        case .positional(let values):
            var result = Fit.exact
            for value in values {
                guard let fit = type.fit(value) else { return nil }
                result = result.combined(with: fit)
            }
            return result
        case .named(let members):
            // As for objects, what becomes of the values does not count.
            for (_, value) in members where type.fit(value) == nil { return nil }
            return .exact
        }
    }
}
