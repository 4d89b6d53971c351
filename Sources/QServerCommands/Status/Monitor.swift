internal import ArgumentParser
internal import Glibc
internal import QueueClient
internal import Wire

/// `qserver monitor`
struct Monitor: Command {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Print a line whenever the state of the manager changes, until interrupted.",
        usage: "qserver monitor [--console] [<options>]"
    )

    @Flag(help: "Print the manager's console too, if it is published (--zmq-publish-console ON).")
    var console = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run(in context: CommandContext) async throws {
        // Ctrl-C is the way to end it, so it is no failure.
        signal(SIGINT) { _ in _exit(0) }
        let client = try context.client()
        let updates = try client.statusUpdates()
        let lines = console ? try client.consoleLines() : nil
        await withTaskGroup { group in
            group.addTask { await show(updates, in: context) }
            if let lines { group.addTask { await show(lines, in: context) } }
        }
    }

    private func show(_ updates: AsyncStream<StatusUpdate>, in context: CommandContext) async {
        var last = ""
        for await update in updates {
            let (line, style) = MonitorText.line(update)
            if connection.json, case .status(let status) = update {
                context.print(JSONValue.object(status.raw).encodedText)
            } else if !connection.json, line != last {
                context.print(context.display.styled("\(Clock.time(Clock.now))  \(line)", style))
            }
            last = line
        }
    }

    private func show(_ lines: AsyncStream<ConsoleLine>, in context: CommandContext) async {
        for await line in lines {
            let text = connection.json ? JSONValue.string(line.text).encodedText : line.text.onOneLine
            context.print(text)
        }
    }
}
