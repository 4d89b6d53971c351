/// Why a configuration is not used.
public struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    /// The file, the member and what is wrong with it.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}
