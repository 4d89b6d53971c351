internal import QueueClient

/// What a command has to work with.
final class CommandContext: Sendable {
    let configuration: ClientConfiguration
    let display: Display
    private let write: @Sendable (String) -> Void

    init(configuration: ClientConfiguration, display: Display, write: @escaping @Sendable (String) -> Void) {
        self.configuration = configuration
        self.display = display
        self.write = write
    }

    /// A connection to the manager.
    ///
    /// - Throws: ``QueueClientError`` if the key or the address cannot be used.
    func client() throws -> QueueClient { try QueueClient(configuration) }

    /// Writes a line, or several, to standard output.
    func print(_ text: String) { if !text.isEmpty { write(text + "\n") } }
}
