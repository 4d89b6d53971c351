import Wire

/// An item as a client submits it, with who submits it.
struct SubmittedItem {
    /// The members that are kept; all others are dropped.
    private static let keptMembers: Set<String> = [
        "item_uid", "item_type", "name", "args", "kwargs", "meta", "user", "user_group", "properties",
    ]
    private static let itemTypes = ["plan", "instruction"]

    private let members: JSONObject

    /// Reads the parameter `item` of a request.
    ///
    /// - Throws: ``Refusal``, whose reply shows the item as it was submitted.
    init(_ item: JSONValue?) throws(Refusal) {
        guard let item else { throw .format("request contains no item info") }
        func refuse(_ text: String) -> Refusal { .format(text, members: ["item": item]) }
        guard let members = item.object else {
            throw refuse(
                "incorrect type ('\(item.pythonType)') of item parameter: item parameter must have type 'dict'"
            )
        }
        guard let type = members["item_type"], !type.isNull else { throw refuse("'item_type' key is not found") }
        guard let name = type.string, SubmittedItem.itemTypes.contains(name) else {
            throw refuse(
                "unsupported 'item_type' value: '\(type.pythonString)', "
                    + "supported item types \(SubmittedItem.itemTypes.pythonTuple)"
            )
        }
        self.members = members
    }

    /// Reads the item and the user of a request and checks that the user's group may run the item.
    ///
    /// - Returns: The members to queue.
    /// - Throws: ``Refusal``, whose reply shows the item as it was submitted.
    static func validated(_ parameters: Parameters, by lists: PlanLists) throws(Refusal) -> JSONObject {
        let item = try SubmittedItem(parameters["item"])
        do throws(Refusal) {
            return try item.validated(for: try Submitter(parameters, lists), by: lists)
        } catch {
            throw error.showing(.object(item.members))
        }
    }

    /// The members to queue, if the submitter's group may run the item and its arguments fit.
    func validated(for submitter: Submitter, by lists: PlanLists) throws(Refusal) -> JSONObject {
        try lists.validate(members, group: submitter.group)
        var result = members.keeping(SubmittedItem.keptMembers.contains)
        result["user"] = submitter.user
        result["user_group"] = .string(submitter.group)
        return result
    }
}

/// Who submits an item.
struct Submitter {
    /// The name, which may be any value.
    let user: JSONValue
    /// The group, which exists.
    let group: String

    init(_ parameters: Parameters, _ lists: PlanLists) throws(Refusal) {
        guard let group = parameters["user_group"] else { throw .format("user group is not specified") }
        guard let user = parameters["user"] else { throw .format("user name is not specified") }
        self.user = user
        self.group = try lists.group(group)
    }
}

extension Refusal {
    /// The refusal with an item in its reply.
    func showing(_ item: JSONValue) -> Refusal {
        var refusal = self
        refusal.members["item"] = item
        return refusal
    }

    fileprivate static func format(_ text: String, members: JSONObject = [:]) -> Refusal {
        .request("Incorrect request format: " + text, members: members)
    }
}
