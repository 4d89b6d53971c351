public import Wire

/// A plan: what it is called, what it does, and which arguments it takes.
public struct PlanDescription: Sendable, Hashable {
    /// The name by which items ask for the plan.
    public var name: String
    /// What the plan does.
    public var description: String?
    /// Where the plan is defined.
    public var module: String?
    /// Facts about the plan; `is_generator` in the lists of Python workers.
    public var properties: JSONObject?
    /// The parameters in the order of the signature.
    public var parameters: [ParameterDescription]
    /// Members that this version does not know; they are kept.
    public var other: JSONObject

    /// Creates a description.
    public init(
        name: String,
        description: String? = nil,
        module: String? = nil,
        properties: JSONObject? = ["is_generator": true],
        parameters: [ParameterDescription] = [],
        other: JSONObject = [:]
    ) {
        self.name = name
        self.description = description
        self.module = module
        self.properties = properties
        self.parameters = parameters
        self.other = other
    }
}

extension PlanDescription {
    /// Reads an element of `existing_plans`; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` if the name is missing or a member has another type than it must have.
    public init(_ value: JSONValue, place: String = "plan") throws(CatalogError) {
        var reader = try MemberReader(value, place: place)
        guard let name = try reader.text("name") else { throw reader.error("name", "the name is missing") }
        self.name = name
        description = try reader.text("description")
        module = try reader.text("module")
        properties = try reader.object("properties")
        parameters = []
        for (index, value) in (try reader.array("parameters") ?? []).enumerated() {
            parameters.append(try ParameterDescription(value, place: "\(place).parameters[\(index)]"))
        }
        other = reader.rest
    }

    /// The plan as the lists show it.
    public var json: JSONObject {
        var result: JSONObject = ["name": .string(name)]
        result["description"] = description.map(JSONValue.string)
        result["module"] = module.map(JSONValue.string)
        result["properties"] = properties.map(JSONValue.object)
        result["parameters"] = .array(parameters.map { .object($0.json) })
        return result.merging(other)
    }
}

extension NamedList<PlanDescription> {
    /// Reads a list of plans, an object of descriptions by name; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` with the place of the first description that is no such thing.
    public init(_ value: JSONValue, place: String = "existing_plans") throws(CatalogError) {
        let reader = try MemberReader(value, place: place)
        self.init()
        for (name, value) in reader.rest { self[name] = try PlanDescription(value, place: "\(place).\(name)") }
    }

    /// The list as replies and files show it.
    public var json: JSONObject { JSONObject(map { ($0.name, .object($0.element.json)) }) }
}
