internal import QueueClient

/// What a command has to work with.
struct CommandContext: Sendable {
    let configuration: ClientConfiguration
    let output: Output
    /// The environment variables.
    let environment: [String: String]
    /// Whether standard output is where ``output`` goes, so that a command may take over the terminal.
    var mayUseScreen = false
    var display: Display { output.display }

    /// A connection to the manager.
    ///
    /// - Throws: ``QueueClientError`` if the key or the address cannot be used.
    func client() throws -> QueueClient { try QueueClient(configuration) }

    /// Writes a line, or several, to standard output.
    func print(_ text: String) { output.print(text) }
}

/// Where text goes, and how it looks there.
struct Output: Sendable {
    let display: Display
    let write: @Sendable (String) -> Void

    /// Writes a line, or several; nothing for an empty text.
    func print(_ text: String) {
        if !text.isEmpty { write(text.hasSuffix("\n") ? text : text + "\n") }
    }
}
