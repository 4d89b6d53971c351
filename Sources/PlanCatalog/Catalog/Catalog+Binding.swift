public import Wire

extension Catalog {
    /// Prepares a plan for its run: checks the item as ``validatePlan(_:group:)`` does, gives the arguments to the
    /// parameters and marks the texts that name devices and plans of the group.
    ///
    /// Which texts are names is up to the description of the parameter: those that its annotation lists; any device or
    /// plan if it has `convert_device_names` or `convert_plan_names`, or no annotation at all.
    ///
    /// - Throws: ``ItemError`` that begins with `Validation of plan parameters failed: `, or says that there is no such group.
    public func bind(_ item: JSONObject, group: String) throws(ItemError) -> BoundPlan {
        guard lists[group] != nil else {
            throw ItemError(
                "Lists of allowed plans and devices is not defined for the user group \(pythonQuoted(group))"
            )
        }
        do throws(ItemError) {
            let (name, plan, binding, lists) = try checkedPlan(item, group: group)
            var values: [Int: JSONValue] = [:]
            for bound in binding.bound { values[bound.index] = bound.value.json }
            var parameters: [BoundParameter] = []
            for (index, parameter) in plan.parameters.enumerated() {
                guard let value = values[index] ?? parameter.defaultToPass else { continue }
                let resolved = parameter.references.resolve(value, lists)
                parameters.append(BoundParameter(name: parameter.name, kind: parameter.kind, value: resolved))
            }
            return BoundPlan(name: name, parameters: parameters, meta: Self.merged(item["meta"]))
        } catch {
            throw ItemError("Validation of plan parameters failed: \(error.description)")
        }
    }

    /// One object of several: what an earlier one says counts.
    private static func merged(_ meta: JSONValue?) -> JSONObject {
        switch meta {
        case .object(let members): members
        case .array(let elements):
            elements.reversed().compactMap(\.object).reduce(into: JSONObject()) { $0 = $0.merging($1) }
        default: [:]
        }
    }
}
