/// What is wrong with a list of plans and devices, with permissions, or with a name pattern.
public struct CatalogError: Error, Hashable, CustomStringConvertible {
    /// Where it is wrong: a file, a path inside it such as `existing_plans.count.parameters[0].kind`, or empty.
    public let place: String
    /// What is wrong there, and what is allowed.
    public let reason: String

    /// Creates an error.
    public init(place: String = "", _ reason: String) {
        self.place = place
        self.reason = reason
    }

    /// For example `user_groups.primary.allowed_plans[0]: 5 (<class 'int'>) is neither a text nor null`.
    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
