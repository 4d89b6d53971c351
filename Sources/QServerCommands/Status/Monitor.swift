internal import ArgumentParser
internal import Glibc
internal import QueueClient
internal import QueueMonitor
internal import TerminalKit
internal import Wire

/// `qserver monitor`
struct Monitor: Command {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Watch the manager on the whole terminal and control it with keys.",
        usage: "qserver monitor [--lines] [--console] [<options>]",
        discussion: """
            Key ? shows the keys, q leaves. Where there is no terminal, and with --lines, --console or --json, a line \
            is printed whenever the state changes, until interrupted.
            """
    )

    @Flag(help: "Print a line whenever the state changes, also on a terminal.")
    var lines = false

    @Flag(help: "Print lines, and the manager's console too, if it is published (--zmq-publish-console ON).")
    var console = false

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run(in context: CommandContext) async throws {
        if context.mayUseScreen, !lines, !console, !connection.json,
            let ending = try await QueueMonitor.run(context.configuration, environment: context.environment)
        {
            if case .signal(let number) = ending { endBySignal(number) }
            return
        }
        try await printLines(in: context)
    }

    /// Ends the program as the signal would have ended it.
    private func endBySignal(_ number: Int32) {
        signal(number, SIG_DFL)
        // Threads of the concurrency runtime may block signals.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
    }

    private func printLines(in context: CommandContext) async throws {
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
