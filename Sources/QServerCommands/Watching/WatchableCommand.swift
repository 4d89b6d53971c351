internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// The option of commands that show something which changes.
struct WatchOptions: ParsableArguments, Sendable {
    @Flag(help: "Show it again whenever it changes, until Ctrl-C.")
    var watch = false
}

/// A command that can show what it shows again and again.
protocol WatchableCommand: RequestCommand {
    var watching: WatchOptions { get }
}

extension WatchableCommand {
    func run(in context: CommandContext) async throws {
        let client = try prepare(in: context)
        guard watching.watch else {
            let reply = try await send(request(knownTo: client), with: client, in: context)
            try await show(reply, from: client, in: context)
            return
        }
        do {
            try await context.untilInterrupted(saying: "") { try await watch(client, in: context) }
        } catch let failure as CommandFailure where failure.status == .interrupted {
            // Ctrl-C is the way to end it, so it is no failure.
        }
    }

    private func watch(_ client: QueueClient, in context: CommandContext) async throws {
        var last = ""
        for await update in try client.statusUpdates() {
            if case .lost(let error) = update {
                context.note(error.description)
                continue
            }
            let reply: JSONObject
            let text: String
            do {
                reply = try await send(request(knownTo: client), with: client, in: context)
                text =
                    connection.json
                    ? JSONValue.object(reply).encodedText
                    : try await describe(reply, on: context.display, from: client)
            } catch let error as QueueClientError {
                context.note(error.description)
                continue
            }
            guard text != last else { continue }
            context.print(frame(text, isFirst: last.isEmpty, on: context.display))
            last = text
        }
    }

    /// A new state takes the place of the old one on a terminal, and stands below it elsewhere.
    private func frame(_ text: String, isFirst: Bool, on display: Display) -> String {
        if connection.json { return text }
        if display.isTerminal {
            let title = "\(Clock.time(Clock.now))  shown again with each change; Ctrl-C ends"
            return "\u{1B}[H\u{1B}[2J" + display.styled(title, .dim) + "\n\n" + text
        }
        return (isFirst ? "" : "\n") + Clock.time(Clock.now) + "\n" + text
    }
}
