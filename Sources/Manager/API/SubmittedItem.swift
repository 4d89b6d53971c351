import Wire

/// An item as a client submits it, with who submits it.
struct SubmittedItem {
    /// The members that are kept; all others are dropped.
    private static let keptMembers: Set<String> = [
        "item_uid", "item_type", "name", "args", "kwargs", "meta", "user", "user_group", "properties",
    ]
    private static let itemTypes = ["plan", "instruction"]

    private let members: JSONObject
    private let user: JSONValue
    private let userGroup: JSONValue

    /// Reads the parameters of `queue_item_add`, `queue_item_update` and `queue_item_execute`.
    ///
    /// - Throws: ``Refusal``; from the moment that the item could be read, the reply shows it.
    init(_ parameters: Parameters) throws(Refusal) {
        guard let item = parameters["item"] else { throw .format("request contains no item info") }
        guard let members = item.object else {
            throw .format(
                "incorrect type ('\(item.pythonType)') of item parameter: item parameter must have type 'dict'",
                members: ["item": item]
            )
        }
        func refuse(_ text: String) -> Refusal { .format(text, members: ["item": item]) }
        guard let type = members["item_type"] else { throw refuse("'item_type' key is not found") }
        guard let name = type.string, SubmittedItem.itemTypes.contains(name) else {
            throw refuse(
                "unsupported 'item_type' value: '\(type.pythonString)', "
                    + "supported item types \(SubmittedItem.itemTypes.pythonTuple)"
            )
        }
        guard let userGroup = parameters["user_group"] else { throw refuse("user group is not specified") }
        guard let user = parameters["user"] else { throw refuse("user name is not specified") }
        self.members = members
        self.user = user
        self.userGroup = userGroup
    }

    /// The members to queue, if the user's group may run the item and its arguments fit.
    func validated(by lists: PlanLists) throws(Refusal) -> JSONObject {
        do throws(Refusal) {
            let group = try lists.group(userGroup)
            try lists.validate(members, group: group)
        } catch {
            var refusal = error
            refusal.members["item"] = .object(members)
            throw refusal
        }
        var result = members.keeping(SubmittedItem.keptMembers.contains)
        result["user"] = user
        result["user_group"] = userGroup
        return result
    }
}

extension Refusal {
    fileprivate static func format(_ text: String, members: JSONObject = [:]) -> Refusal {
        .request("Incorrect request format: " + text, members: members)
    }
}
