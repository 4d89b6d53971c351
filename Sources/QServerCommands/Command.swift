internal import ArgumentParser
internal import QueueClient
internal import Wire

/// A command that only has subcommands.
protocol GroupCommand: ParsableCommand {}

/// A command that does something.
protocol Command: ParsableCommand {
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

    /// The manager's reply for a reader.
    func describe(_ reply: JSONObject, on display: Display) -> String
}

extension RequestCommand {
    func run(in context: CommandContext) async throws {
        let request = try request().completed(with: context.configuration)
        try await perform(request, with: context.client(), in: context)
    }

    /// Sends the request, shows the reply and returns it.
    ///
    /// - Throws: ``QueueClientError``; a refused request is shown before if the reply is wanted as JSON.
    @discardableResult
    func perform(
        _ request: Request,
        with client: QueueClient,
        in context: CommandContext
    ) async throws -> JSONObject {
        let reply = try await client.reply(to: request)
        let isRefused = reply["success"]?.bool == false
        if connection.json {
            context.print(JSONValue.object(reply).encodedText)
            if isRefused { throw CommandFailure(status: .requestFailed, message: "") }
        } else if isRefused {
            let message = reply["msg"]?.string ?? "the manager gave no reason"
            throw CommandFailure(status: .requestFailed, message: message)
        } else {
            context.print(describe(reply, on: context.display))
        }
        return reply
    }
}
