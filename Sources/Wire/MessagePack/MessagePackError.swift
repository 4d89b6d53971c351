/// Why bytes are no MessagePack that a JSON value can hold.
public struct MessagePackError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, for example `The message ends inside a value`.
    public let reason: String
    /// Offset of the first byte of the value that is wrong.
    public let offset: Int

    /// For example `The message ends inside a value (byte 7)`.
    public var description: String { "\(reason) (byte \(offset))" }
}
