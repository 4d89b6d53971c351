public import Wire

/// A function that clients can call in the worker.
public struct FunctionDefinition: Sendable {
    /// What is called: arguments by position and by name in, any JSON value out.
    public typealias Body = @Sendable ([JSONValue], JSONObject) async throws -> JSONValue

    /// The name by which clients call it.
    let name: String
    /// Does the work, off the worker's loop. Cancellation means that the environment is closed.
    let body: Body

    /// A function that is written in Swift.
    ///
    /// - Parameters:
    ///   - name: The name by which clients call it.
    ///   - parameters: The names of its arguments, all of which are required.
    ///   - body: Does the work.
    public init(
        _ name: String,
        parameters: [String] = [],
        body: @escaping @Sendable (FunctionArguments) async throws -> JSONValue
    ) {
        self.init(name) { positional, named in
            try await body(try FunctionArguments(positional, named, parameters: parameters, of: name))
        }
    }

    /// A function that looks at its arguments itself.
    public init(_ name: String, _ body: @escaping Body) {
        self.name = name
        self.body = body
    }

    /// All functions that come with the worker; a profile chooses among them.
    static let builtin = simulatedFunctions
}

/// Why a function failed.
public struct FunctionError: Error, CustomStringConvertible {
    /// The reason in one line.
    public let description: String
    /// What else the reader may want to know, for example the last lines that a program wrote; empty if nothing.
    public var details = ""

    /// An error with this text.
    public init(_ description: String, details: String = "") {
        self.description = description
        self.details = details
    }
}
