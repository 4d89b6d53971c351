/// What is wrong with a profile, and where.
public struct ProfileError: Error, CustomStringConvertible {
    /// The file, the place in it, what is wrong and what is allowed.
    public let description: String

    init(_ file: String, _ problem: String) { description = "\(file): \(problem)" }
}
