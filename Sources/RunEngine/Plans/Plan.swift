public import Wire

/// A procedure of an experiment: a function that sends messages through a context.
///
///     let plan = Plan("two_points") { context in
///         try await context.mv(motor, 1)
///         try await context.mv(motor, 2)
///     }
///
/// A closure that is a plan needs no capture list; with one, the compiler (Swift 6.3) takes it for a closure that runs
/// elsewhere and refuses it. Copy what it needs into a constant before it.
public struct Plan: Sendable {
    /// The name under which its runs are recorded.
    public let name: String
    private let body: @Sendable (PlanContext) async throws -> JSONValue

    /// A plan whose result is what `body` returns.
    public init(withResult name: String, body: @escaping @Sendable (PlanContext) async throws -> JSONValue) {
        self.name = name
        self.body = body
    }

    /// A plan without a result.
    public init(_ name: String, body: @escaping @Sendable (PlanContext) async throws -> Void) {
        self.init(withResult: name) { context in
            try await body(context)
            return .null
        }
    }

    /// Carries the plan out as a part of another: `try await count([det])(context)`.
    @discardableResult
    public func callAsFunction(_ context: PlanContext) async throws -> JSONValue {
        try await body(context)
    }
}
