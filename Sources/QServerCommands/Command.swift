internal import ArgumentParser
internal import QueueClient
internal import Wire

/// A command that only has subcommands.
protocol GroupCommand: ParsableCommand {}

/// A command that does something.
protocol Command: ParsableCommand, Sendable {
    var connection: ConnectionOptions { get }

    /// - Throws: ``CommandFailure`` or an error that can become one.
    func run(in context: CommandContext) async throws
}

/// A command that sends one request and shows the reply.
protocol RequestCommand: Command {
    /// The request that the command line asks for. Nothing is sent or looked up, so tests need no manager.
    ///
    /// - Throws: ``CommandFailure`` if the command line is wrong.
    func request() throws -> Request

    /// The request with what only the manager knows, for example whole UIDs instead of their first characters.
    ///
    /// - Throws: ``CommandFailure`` if that shows the command line to be wrong, or ``QueueClientError``.
    func request(knownTo client: QueueClient) async throws -> Request

    /// The manager's reply for a reader.
    func describe(_ reply: JSONObject, on display: Display) -> String

    /// The manager's reply for a reader, with what else the manager knows.
    ///
    /// - Throws: ``QueueClientError``.
    func describe(_ reply: JSONObject, on display: Display, from client: QueueClient) async throws -> String

    /// Prints the reply.
    ///
    /// - Throws: ``CommandFailure`` if the reply has not what was asked for, ``QueueClientError``.
    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws
}

extension RequestCommand {
    func request(knownTo client: QueueClient) async throws -> Request {
        try await request().completingUIDs(from: client)
    }

    func describe(_ reply: JSONObject, on display: Display, from client: QueueClient) async throws -> String {
        describe(reply, on: display)
    }

    func run(in context: CommandContext) async throws {
        let client = try prepare(in: context)
        let reply = try await send(request(knownTo: client), with: client, in: context)
        try await show(reply, from: client, in: context)
    }

    /// Refuses a wrong command line before anything is sent, and connects.
    ///
    /// - Throws: ``CommandFailure`` or ``QueueClientError``.
    func prepare(in context: CommandContext) throws -> QueueClient {
        _ = try request()
        return try context.client()
    }

    /// Sends the request and returns the reply.
    ///
    /// - Throws: ``QueueClientError``, ``CommandFailure`` if the manager refuses.
    func send(_ request: Request, with client: QueueClient, in context: CommandContext) async throws -> JSONObject {
        let reply = try await client.reply(to: request.completed(with: context.configuration))
        guard reply["success"]?.bool != false else { throw CommandFailure(refusedBy: reply) }
        return reply
    }

    func show(_ reply: JSONObject, from client: QueueClient, in context: CommandContext) async throws {
        if connection.json {
            context.print(JSONValue.object(reply).encodedText)
        } else {
            context.print(try await describe(reply, on: context.display, from: client))
        }
    }
}
