/// Why an item is not accepted. The text is what the API shows, without the prefix of the method.
public struct ItemError: Error, Hashable, CustomStringConvertible {
    /// For example `Function 'f' is not allowed for users from 'primary' group.`
    public let description: String

    init(_ description: String) { self.description = description }
}
