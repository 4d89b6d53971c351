internal import PlanCatalog
internal import Wire

/// One plan of a profile: a plan that the worker has, under a name, with what the profile makes of it.
///
///     - count
///     - name: quick_count
///       plan: count
///       description: Three readings, as fast as possible.
///       presets: {num: 3}
///       parameters:
///         delay: {min: 0, max: 10}
struct PlanEntry {
    let name: String
    let plan: String
    private let description: String?
    private let presets: JSONObject
    private let parameters: JSONObject

    init(_ value: JSONValue, file: String) throws(ProfileError) {
        let members = value.string.map { ["name": .string($0)] as JSONObject } ?? value.object ?? [:]
        guard let name = members["name"]?.string else {
            throw ProfileError(
                file,
                "an entry is the name of a plan, or has a member 'name'; this one is \(value.encodedText) "
                    + "(names such as null need quotes)"
            )
        }
        let known = ["name", "plan", "description", "presets", "parameters"]
        if let unknown = members.keys.first(where: { !known.contains($0) }) {
            throw ProfileError(file, "plan '\(name)' has an unknown member '\(unknown)'; known are \(known)")
        }
        self.name = name
        plan = members["plan"]?.string ?? name
        description = members["description"]?.string
        presets = try PlanEntry.object("presets", of: members, plan: name, file: file)
        parameters = try PlanEntry.object("parameters", of: members, plan: name, file: file)
        for (parameter, limits) in parameters {
            let known = ["min", "max", "step", "description"]
            guard let unknown = limits.object?.keys.first(where: { !known.contains($0) }) else { continue }
            throw ProfileError(
                file,
                "plan '\(name)': parameter '\(parameter)' has an unknown member '\(unknown)'; known are \(known)"
            )
        }
    }

    private static func object(
        _ key: String,
        of members: JSONObject,
        plan: String,
        file: String
    ) throws(ProfileError) -> JSONObject {
        guard let value = members[key] else { return [:] }
        guard let object = value.object else {
            throw ProfileError(file, "plan '\(plan)': '\(key)' must hold values by name")
        }
        return object
    }

    /// The definition of the worker's plan with the profile's name, description, presets and limits.
    func definition(file: String, repertoire: Repertoire) throws(ProfileError) -> PlanDefinition {
        guard var result = repertoire.plans[plan] else {
            let known = repertoire.plans.keys.sorted().joined(separator: ", ")
            throw ProfileError(file, "there is no plan '\(plan)'; there are: \(known)")
        }
        result.description.name = name
        if let description { result.description.description = description }
        for key in presets.keys + parameters.keys
        where !result.description.parameters.contains(where: { $0.name == key }) {
            throw ProfileError(file, "plan '\(name)': the plan '\(plan)' has no parameter '\(key)'")
        }
        for index in result.description.parameters.indices {
            let name = result.description.parameters[index].name
            if let preset = presets[name] { result.description.parameters[index].defaultValue = preset.pythonRepr }
            guard let limits = parameters[name]?.object else { continue }
            result.description.parameters[index].minimum = limits["min"].map(\.pythonString)
            result.description.parameters[index].maximum = limits["max"].map(\.pythonString)
            result.description.parameters[index].step = limits["step"].map(\.pythonString)
            if let text = limits["description"]?.string { result.description.parameters[index].description = text }
        }
        result.presets = result.presets.merging(presets)
        return result
    }
}
