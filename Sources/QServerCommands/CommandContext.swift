internal import QueueClient

/// What a command has to work with.
struct CommandContext: Sendable {
    let configuration: ClientConfiguration
    /// The environment variables that count here.
    let environment: [String: String]
    /// Standard output: the result, and nothing else.
    let output: Output
    /// Standard error: what is said beside the result.
    let errors: Output
    /// The signals that ask the program to end (Ctrl-C), from the call on.
    var interruptions: @Sendable () -> AsyncStream<Void> = { AsyncStream { _ in } }
    /// Whether standard output is where ``output`` goes, so that a command may take over the terminal.
    var mayUseScreen = false
    var display: Display { output.display }

    /// A connection to the manager.
    ///
    /// - Throws: ``QueueClientError`` if the key or the address cannot be used.
    func client() throws -> QueueClient { try QueueClient(configuration) }

    /// Writes a line, or several, to standard output.
    func print(_ text: String) { output.print(text) }

    /// Writes a line to standard error.
    func note(_ text: String) { errors.print(errors.display.styled(text, .dim)) }
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
