public import Wire

/// A parameter of a plan.
public struct ParameterDescription: Sendable, Hashable {
    /// The name in the signature.
    public var name: String
    /// How an argument reaches the parameter.
    public var kind: ParameterKind
    /// Which values it takes; nil means any.
    public var annotation: Annotation?
    /// The default value as a Python expression, for example `'1.0'` or `'None'`; nil if the argument is required.
    public var defaultValue: String?
    /// Whether the default stands in the annotation of the plan instead of its signature, so that it must be passed
    /// to the plan when the argument is missing.
    public var isDefaultDefinedInDecorator: Bool?
    /// What the parameter means.
    public var description: String?
    /// The smallest number allowed anywhere in the value, as text.
    public var minimum: String?
    /// The largest number allowed anywhere in the value, as text.
    public var maximum: String?
    /// The step that a user interface offers, as text.
    public var step: String?
    /// Whether texts that name devices are replaced by the devices; nil leaves it to the annotation.
    public var convertsDeviceNames: Bool?
    /// Whether texts that name plans are replaced by the plans; nil leaves it to the annotation.
    public var convertsPlanNames: Bool?
    /// Whether texts that are names or attributes are evaluated in the namespace of a Python worker.
    public var evaluatesExpressions: Bool?
    /// Members that this version does not know; they are kept.
    public var other: JSONObject = [:]

    /// Creates a parameter; the further members are set afterwards.
    public init(
        name: String,
        kind: ParameterKind = .positionalOrKeyword,
        annotation: Annotation? = nil,
        defaultValue: String? = nil,
        description: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.annotation = annotation
        self.defaultValue = defaultValue
        self.description = description
    }

    /// Whether the plan can be called without this argument.
    var isOptional: Bool { defaultValue != nil }
}

extension ParameterDescription {
    /// Reads an element of `parameters`; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` if the name or the kind is missing or a member has another type than it must have.
    public init(_ value: JSONValue, place: String = "parameter") throws(CatalogError) {
        var reader = try MemberReader(value, place: place)
        guard let name = try reader.text("name") else { throw reader.error("name", "the name is missing") }
        self.name = name
        kind = try Self.kind(&reader)
        if let annotation = reader.take("annotation") {
            self.annotation = try Annotation(annotation, place: place + ".annotation")
        }
        defaultValue = try reader.text("default")
        isDefaultDefinedInDecorator = try reader.bool("default_defined_in_decorator")
        description = try reader.text("description")
        minimum = try reader.numberText("min")
        maximum = try reader.numberText("max")
        step = try reader.numberText("step")
        convertsDeviceNames = try reader.bool("convert_device_names")
        convertsPlanNames = try reader.bool("convert_plan_names")
        evaluatesExpressions = try reader.bool("eval_expressions")
        other = reader.rest
    }

    private static func kind(_ reader: inout MemberReader) throws(CatalogError) -> ParameterKind {
        guard let number = try reader.object("kind")?["value"]?.integer, let kind = ParameterKind(rawValue: number)
        else {
            let allowed = ParameterKind.allCases.map { "\($0.rawValue) (\($0.name))" }.joined(separator: ", ")
            throw reader.error("kind.value", "the kind is missing or unknown. Allowed are \(allowed)")
        }
        return kind
    }

    /// The parameter as the lists show it.
    public var json: JSONObject {
        var result: JSONObject = ["name": .string(name)]
        result["description"] = description.map(JSONValue.string)
        result["kind"] = ["name": .string(kind.name), "value": .integer(kind.rawValue)]
        result["annotation"] = annotation.map { .object($0.json) }
        result["default"] = defaultValue.map(JSONValue.string)
        result["default_defined_in_decorator"] = isDefaultDefinedInDecorator.map(JSONValue.bool)
        result["min"] = minimum.map(JSONValue.string)
        result["max"] = maximum.map(JSONValue.string)
        result["step"] = step.map(JSONValue.string)
        result["convert_device_names"] = convertsDeviceNames.map(JSONValue.bool)
        result["convert_plan_names"] = convertsPlanNames.map(JSONValue.bool)
        result["eval_expressions"] = evaluatesExpressions.map(JSONValue.bool)
        return result.merging(other)
    }
}
