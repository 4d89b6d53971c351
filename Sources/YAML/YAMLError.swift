/// Why a text is no YAML, or none that has a meaning here.
public struct YAMLError: Error, Hashable, CustomStringConvertible {
    /// Where, for example `line 3, column 7`; empty if it is nowhere in particular.
    public let place: String
    /// What is wrong there.
    public let reason: String

    /// The place and the reason.
    public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
