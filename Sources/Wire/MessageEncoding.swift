/// How messages are written on the sockets that clients use.
public enum MessageEncoding: String, Sendable, CaseIterable {
    /// JSON texts.
    case json
    /// MessagePack, which is binary.
    case msgpack

    /// The bytes of a message.
    public func encode(_ message: JSONObject) -> [UInt8] {
        switch self {
        case .json: message.encoded
        case .msgpack: JSONValue.object(message).messagePack
        }
    }

    /// Reads a message.
    ///
    /// - Throws: ``JSONError`` or ``MessagePackError``, with the place of the first part that does not fit.
    public func decode(_ bytes: [UInt8]) throws -> JSONValue {
        switch self {
        case .json: try JSONValue(parsing: bytes)
        case .msgpack: try JSONValue(parsingMessagePack: bytes)
        }
    }
}
