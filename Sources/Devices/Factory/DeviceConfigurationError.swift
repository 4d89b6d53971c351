/// A device cannot be made as a profile asks for it.
public struct DeviceConfigurationError: Error, Hashable, CustomStringConvertible {
    /// Which device, which parameter, what is wrong and what is allowed.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}
