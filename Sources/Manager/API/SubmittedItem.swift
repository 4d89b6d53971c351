import SupervisorLink
import Wire

/// An item as a client submits it, with who submits it.
struct SubmittedItem {
    /// The members that are kept; all others are dropped.
    private static let keptMembers: Set<String> = [
        "item_uid", "item_type", "name", "args", "kwargs", "meta", "user", "user_group", "properties",
    ]
    private static let queuedTypes = ["plan", "instruction"]

    private let members: JSONObject

    /// Reads the parameter `item` of a request.
    ///
    /// - Parameters:
    ///   - item: The parameter.
    ///   - types: The values of `item_type` that the method takes.
    /// - Throws: ``Refusal``, whose reply shows the item as it was submitted.
    init(_ item: JSONValue?, types: [String] = queuedTypes) throws(Refusal) {
        guard let item else { throw .format("request contains no item info") }
        func refuse(_ text: String) -> Refusal { .format(text, members: ["item": item]) }
        guard let members = item.object else {
            throw refuse(
                "incorrect type ('\(item.pythonType)') of item parameter: item parameter must have type 'dict'"
            )
        }
        guard let type = members["item_type"], !type.isNull else { throw refuse("'item_type' key is not found") }
        guard let name = type.string, types.contains(name) else {
            throw refuse(
                "unsupported 'item_type' value: '\(type.pythonString)', "
                    + "supported item types \(types.pythonTuple)"
            )
        }
        if let choice = members["properties"]?["on_failure"], ManagerSettings.OnFailure(choice) == nil {
            let allowed = ManagerSettings.OnFailure.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw refuse("properties/on_failure is \(choice.pythonRepr), and may be one of \(allowed)")
        }
        self.members = members
    }

    /// Reads the item and the user of a request and checks that the user's group may run the item.
    ///
    /// - Parameter keepsAll: Whether members that items do not have stay in it.
    /// - Returns: The members to queue.
    /// - Throws: ``Refusal``, whose reply shows the item as it was submitted.
    static func validated(
        _ parameters: Parameters,
        by lists: PlanLists,
        keepsAll: Bool = false
    ) throws(Refusal) -> JSONObject {
        let item = try SubmittedItem(parameters["item"])
        do throws(Refusal) {
            return try item.validated(for: try Submitter(parameters, lists), by: lists, keepsAll: keepsAll)
        } catch {
            throw error.showing(.object(item.members))
        }
    }

    /// Reads the item and the user of a request to call a function, and checks that the user's group may call it.
    ///
    /// - Returns: The item with its user and group, complete.
    /// - Throws: ``Refusal``, whose reply shows the item as it was submitted.
    static func validatedFunction(_ parameters: Parameters, by lists: PlanLists) throws(Refusal) -> JSONObject {
        var members = try SubmittedItem(parameters["item"], types: ["function"]).members
        do throws(Refusal) {
            let submitter = try Submitter(parameters, lists)
            try lists.validate(members, group: submitter.group)
            members["user"] = submitter.user
            members["user_group"] = .string(submitter.group)
            return members
        } catch {
            throw error.showing(.object(members))
        }
    }

    /// The members to queue, if the submitter's group may run the item and its arguments fit.
    func validated(
        for submitter: Submitter,
        by lists: PlanLists,
        keepsAll: Bool = false
    ) throws(Refusal) -> JSONObject {
        try lists.validate(members, group: submitter.group)
        var result = keepsAll ? members : members.keeping(SubmittedItem.keptMembers.contains)
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

extension ManagerSettings.OnFailure {
    fileprivate init?(_ value: JSONValue) {
        guard let choice = value.string.flatMap(Self.init(rawValue:)) else { return nil }
        self = choice
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
