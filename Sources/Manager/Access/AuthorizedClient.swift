import Wire

/// A client that is known by its public key.
struct AuthorizedClient: Sendable, Equatable {
    /// The name of the key, for replies and the log.
    let name: String
    /// Whom its requests count as made by, whatever they say themselves.
    let user: String
    /// Whose permissions count, whatever the requests say themselves.
    let group: String
    let rights: Set<Right>

    /// Refuses a method that the client has no right to.
    func check(_ method: APIMethod) throws(Refusal) {
        guard !rights.contains(method.right) else { return }
        throw .state(
            "The key '\(name)' does not have the right '\(method.right.rawValue)', which '\(method.name)' needs. "
                + "It has: \(Right.list(rights))."
        )
    }

    /// The parameters of a request with the user and the group of the client where the method takes them.
    func signed(_ parameters: JSONValue, for method: APIMethod) -> JSONValue {
        guard method.isSigned, var members = parameters.object, let names = method.parameters else { return parameters }
        if names.contains("user") { members["user"] = .string(user) }
        if names.contains("user_group") { members["user_group"] = .string(group) }
        return .object(members)
    }
}
