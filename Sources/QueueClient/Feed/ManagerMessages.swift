extension QueueClient {
    /// The messages that the manager publishes from now on, if it publishes any.
    ///
    /// The subscription lasts as long as the sequence is in use and finds a restarted manager again by itself. A
    /// manager that was started without publishing is silent: nothing arrives, and that is no error.
    ///
    /// - Parameters:
    ///   - topics: What to receive.
    ///   - limit: How many messages are kept for a slow reader; beyond, the oldest are dropped.
    /// - Throws: ``QueueClientError`` if the address or a key cannot be used.
    public nonisolated func messages(
        _ topics: Set<ManagerMessage.Topic> = Set(ManagerMessage.Topic.allCases),
        keepingNewest limit: Int = 10_000
    ) throws -> AsyncStream<ManagerMessage> {
        try stream(topics, keepingNewest: limit) { [$0] }
    }

    /// What `transform` makes of the messages.
    nonisolated func stream<Element: Sendable>(
        _ topics: Set<ManagerMessage.Topic>,
        keepingNewest limit: Int,
        transform: @escaping @Sendable (ManagerMessage) -> [Element]
    ) throws -> AsyncStream<Element> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Element.self,
            bufferingPolicy: .bufferingNewest(max(1, limit))
        )
        let subscriber = try Subscriber(configuration: configuration, topics: topics) { message in
            for element in transform(message) { continuation.yield(element) }
        }
        // The stream keeps the subscriber alive through this closure, which it drops when it ends.
        continuation.onTermination = { _ in withExtendedLifetime(subscriber) {} }
        return stream
    }
}
