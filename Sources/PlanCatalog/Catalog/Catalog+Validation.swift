public import Wire

extension Catalog {
    /// Checks an item that is to be queued or executed by a member of the group.
    ///
    /// Items are plans, instructions and functions, by their `item_type`. Nothing is changed and no default is filled in.
    ///
    /// - Throws: ``ItemError`` with the text for the reply.
    public func validate(_ item: JSONObject, group: String) throws(ItemError) {
        switch item["item_type"]?.string {
        case "plan": try validatePlan(item, group: group)
        case "instruction":
            guard item["name"] == "queue_stop" else {
                throw ItemError("Unrecognized instruction: \(JSONValue.object(item).pythonRepr)")
            }
        case "function": try validateFunction(item, group: group)
        default: throw ItemError("Invalid item: \(JSONValue.object(item).pythonRepr)")
        }
    }

    /// Checks an item as a plan, whatever its `item_type`.
    ///
    /// - Throws: ``ItemError`` with the text for the reply: the reason, and the item as Python's `pprint` shows it.
    public func validatePlan(_ item: JSONObject, group: String) throws(ItemError) {
        _ = try checkedPlan(item, group: group)
    }

    /// The plan that the item asks for, with its arguments given to the parameters.
    func checkedPlan(
        _ item: JSONObject,
        group: String
    ) throws(ItemError) -> (name: String, plan: CompiledPlan, binding: ArgumentBinding, lists: GroupLists) {
        guard let lists = lists[group] else { throw ItemError("Unknown user group: \(pythonQuoted(group))") }
        do throws(ItemError) {
            guard let name = item["name"] else { throw ItemError("'name'") }
            guard name.array == nil, name.object == nil else {
                throw ItemError("unhashable type: '\(name.pythonTypeName)'")
            }
            guard let text = name.string, let plan = lists.compiled[text] else {
                throw ItemError("Plan '\(name.pythonString)' is not in the list of allowed plans.")
            }
            let binding = try plan.bind(item)
            if let meta = item["meta"] { try checkMeta(meta) }
            return (text, plan, binding, lists)
        } catch {
            let shown = JSONValue.object(item).pythonPrettyPrinted
            throw ItemError("Plan validation failed: \(error.description)\nPlan: \(shown)")
        }
    }

    private func checkMeta(_ meta: JSONValue) throws(ItemError) {
        let isValid =
            switch meta {
            case .object: true
            case .array(let elements): elements.allSatisfy { $0.object != nil }
            default: false
            }
        guard isValid else {
            throw ItemError("Plan parameter 'meta' must be a dictionary or a list of dictionaries")
        }
    }

    private func validateFunction(_ item: JSONObject, group: String) throws(ItemError) {
        guard let name = item["name"] else {
            throw ItemError("Function name is not specified: \(JSONValue.object(item).pythonRepr)")
        }
        if let args = item["args"], args.array == nil {
            throw ItemError("Parameter 'args' is not a tuple or a list: \(args.pythonType)")
        }
        if let kwargs = item["kwargs"], kwargs.object == nil {
            throw ItemError("Parameter 'kwargs' is not a dictionary: \(kwargs.pythonType)")
        }
        guard let text = name.string, try isFunctionAllowed(text, group: group) else {
            throw ItemError(
                "Function \(name.pythonRepr) is not allowed for users from \(pythonQuoted(group)) group."
            )
        }
    }

    /// Whether members of the group may call the function. Root filters first.
    ///
    /// - Throws: ``ItemError`` if the permissions have no such group, or a name pattern that is needed to decide it is not
    ///   valid.
    public func isFunctionAllowed(_ name: String, group: String) throws(ItemError) -> Bool {
        guard let permissions else { return false }
        guard let root = permissions["root"], let rules = permissions[group] else {
            throw ItemError("\"No permissions are defined for user group \(pythonQuoted(group))\"")
        }
        do throws(CatalogError) {
            guard try root.functions.allow(name) else { return false }
            return try rules.functions.allow(name)
        } catch {
            throw ItemError(error.description)
        }
    }
}
