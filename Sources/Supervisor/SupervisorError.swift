/// Why the manager cannot be started.
public struct SupervisorError: Error, CustomStringConvertible {
    /// What is wrong and what to do.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}
