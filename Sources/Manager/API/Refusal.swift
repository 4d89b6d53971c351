import Wire

/// Why a request is not carried out, in the words that the client gets.
struct Refusal: Error, Equatable {
    /// What the reader of the message can act upon.
    let message: String
    /// Whether the method's prefix (`Failed to add an item: `, `Error: `) goes before the message. Texts about the
    /// state of the manager stand alone.
    let hasPrefix: Bool
    /// Members of the reply that differ from the method's usual ones on failure.
    var members: JSONObject = [:]

    /// The request or its parameters are wrong.
    static func request(_ message: String, members: JSONObject = [:]) -> Refusal {
        Refusal(message: message, hasPrefix: true, members: members)
    }

    /// The request is right, but not now.
    static func state(_ message: String) -> Refusal { Refusal(message: message, hasPrefix: false) }
}
