/// A context that stands in front of another one and decides what to do with each message: let it pass, change it,
/// send others before or after it, or answer it itself.
///
///     let slower = FilteringContext(context) { message, next in
///         if case .trigger = message.command { try await next.send(.sleep(seconds: 1)) }
///         return try await next.send(message)
///     }
///     try await plan(slower)
public final class FilteringContext: PlanContext {
    /// Answers a message, usually by sending it, or something else, to the next context.
    public typealias Filter = (_ message: Message, _ next: PlanContext) async throws -> Response

    private let next: PlanContext
    private let filter: Filter

    /// A context that stands in front of `next`.
    public init(_ next: PlanContext, filter: @escaping Filter) {
        self.next = next
        self.filter = filter
    }

    /// That of the next context.
    public override var clock: Double { next.clock }

    /// Gives the message to the filter.
    public override func send(_ message: Message) async throws -> Response {
        try await filter(message, next)
    }
}
