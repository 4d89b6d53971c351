/// Somewhere that documents go: a file, a table on the screen, a message bus.
///
/// The engine hands over each document as it is emitted and waits for `receive` to return. An error that is thrown
/// here fails the plan at the message that made the document, so a sink that can do without throws nothing.
public protocol DocumentSink: Sendable {
    /// Takes one document.
    func receive(_ document: Document) throws
}
