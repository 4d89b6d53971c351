import Wire

/// A request that has the outer form of one: a method that exists, and parameters of any kind.
struct APIRequest {
    let method: APIMethod
    let parameters: JSONValue

    /// Reads the frames of a message.
    ///
    /// - Throws: ``Refusal`` with the reply's text if they are no request.
    init(frames: [[UInt8]], encoding: MessageEncoding, methods: [String: APIMethod]) throws(Refusal) {
        guard frames.count == 1, let frame = frames.first else {
            throw .state("Failed to decode the request: a request is one frame, \(frames.count) frames were received")
        }
        let value: JSONValue
        do {
            value = try encoding.decode(frame)
        } catch {
            throw .state("Failed to decode the request: \(encoding.name) decode error: \(error)")
        }
        // The reference takes a text for the report of a decoding error; its clients know the reply.
        if let text = value.string { throw .state("Failed to decode the request: \(text)") }
        guard let object = value.object else {
            throw .state("Incorrect request type: \(value.pythonType). Dictionary is expected")
        }
        guard let name = object["method"] else {
            throw .state("Invalid request format: method is not specified: \(value.pythonRepr)")
        }
        let unexpected = object.keys.filter { $0 != "method" && $0 != "params" }
        guard unexpected.isEmpty else {
            let keys = JSONValue(unexpected).pythonRepr
            throw .state("Request contains unexpected keys \(keys). Allowed keys: ('method', 'params')")
        }
        guard let method = name.string.flatMap({ methods[$0] }) else {
            throw .state("Unknown method \(name.pythonRepr)")
        }
        self.method = method
        parameters = object["params"] ?? [:]
    }
}

extension MessageEncoding {
    /// The name in error texts.
    fileprivate var name: String {
        switch self {
        case .json: "JSON"
        case .msgpack: "MessagePack"
        }
    }

    /// The bytes to send for a reply that has been rendered as JSON, as all replies are.
    func reply(_ json: [UInt8]) -> [UInt8] {
        guard self == .msgpack else { return json }
        do {
            return try JSONValue(parsing: json).messagePack
        } catch {
            let text = "The reply cannot be written as MessagePack: \(error.reason)"
            return encode(["success": false, "msg": .string(text)])
        }
    }
}
