/// A plan was asked for something that it cannot do: the arguments do not fit.
public struct PlanError: Error, Hashable, CustomStringConvertible {
    /// Which argument of which plan is wrong, and what is allowed.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}
