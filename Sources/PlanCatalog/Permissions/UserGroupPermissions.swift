public import Wire

/// Which plans, devices and functions the members of each user group may use.
///
/// The group `root` is required; what it may not use, nobody may.
public struct UserGroupPermissions: Sendable, Hashable {
    /// The permissions as they were given: `{"user_groups": {name: {"allowed_plans": [...], ...}}}`.
    public let json: JSONObject
    /// The groups in order.
    let groups: [(name: String, permissions: GroupPermissions)]

    /// Checks permissions, for example those of a `permissions_set` request.
    ///
    /// - Throws: ``CatalogError``; its text is what the API replies after `Error: `.
    public init(_ value: JSONValue) throws(CatalogError) {
        guard let object = value.object else {
            throw CatalogError("User group permissions: Invalid type '\(value.pythonType)', must be 'dict'")
        }
        guard let userGroups = object["user_groups"] else {
            throw CatalogError(place: "user_group_permissions", "the required member 'user_groups' is missing")
        }
        if let unknown = object.keys.first(where: { $0 != "user_groups" }) {
            throw CatalogError(
                place: "user_group_permissions",
                "unknown member '\(shortened(unknown))'. The only member allowed is 'user_groups'"
            )
        }
        groups = try MemberReader(userGroups, place: "user_groups").rest
            .map { (name, value) throws(CatalogError) in
                (name, try GroupPermissions(value, place: "user_groups.\(shortened(name))"))
            }
        json = object
        guard groups.contains(where: { $0.name == "root" }) else {
            throw CatalogError("\"User group permissions: Missing required user group: 'root'\"")
        }
    }

    subscript(group: String) -> GroupPermissions? { groups.first { $0.name == group }?.permissions }

    /// Whether both give the same permissions to the same groups.
    public static func == (left: Self, right: Self) -> Bool { left.json == right.json }

    /// Combines what is compared.
    public func hash(into hasher: inout Hasher) { hasher.combine(json) }
}

/// The lists of one group. A list that is missing is empty: it allows, or forbids, nothing.
struct GroupPermissions: Sendable, Hashable {
    private var lists: [String: [String?]] = [:]

    private static let names = [
        "allowed_plans", "forbidden_plans", "allowed_devices", "forbidden_devices", "allowed_functions",
        "forbidden_functions",
    ]

    init(_ value: JSONValue, place: String) throws(CatalogError) {
        let reader = try MemberReader(value, place: place)
        for (key, value) in reader.rest {
            guard Self.names.contains(key) else {
                throw CatalogError(
                    place: place,
                    "unknown member '\(shortened(key))'. Allowed are \(Self.names.joined(separator: ", "))"
                )
            }
            guard let elements = value.array else { throw reader.error(key, "\(shown(value)) is no list") }
            var patterns: [String?] = []
            for (index, element) in elements.enumerated() {
                guard element.isNull || element.string != nil else {
                    throw reader.error("\(key)[\(index)]", "\(shown(element)) is neither a text nor null")
                }
                patterns.append(element.string)
            }
            lists[key] = patterns
        }
    }

    var plans: NameRules { NameRules(allowed: lists["allowed_plans"] ?? [], forbidden: lists["forbidden_plans"] ?? []) }

    var functions: NameRules {
        NameRules(allowed: lists["allowed_functions"] ?? [], forbidden: lists["forbidden_functions"] ?? [])
    }

    func deviceFilter() throws(CatalogError) -> DeviceFilter {
        try DeviceFilter(allowed: lists["allowed_devices"] ?? [], forbidden: lists["forbidden_devices"] ?? [])
    }
}
