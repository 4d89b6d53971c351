internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

extension Program {
    /// Runs the command line and returns the exit code.
    ///
    /// - Parameter arguments: The arguments without the program's name.
    public func run(_ arguments: [String]) async -> Int32 {
        let environment = ProcessEnvironment.variables
        let output = Terminal(.standardOutput)
        let errors = Terminal(.standardError)
        return await run(
            arguments,
            environment: environment,
            output: Output(display: output.display(environment: environment), write: output.write),
            errors: Output(display: errors.display(environment: environment), write: errors.write),
            interruptions: Interruptions.stream,
            mayUseScreen: true
        ).rawValue
    }

    /// Runs the command line with this environment and these outputs.
    func run(
        _ arguments: [String],
        environment: [String: String],
        output: Output,
        errors: Output,
        interruptions: @escaping @Sendable () -> AsyncStream<Void> = { AsyncStream { _ in } },
        mayUseScreen: Bool = false
    ) async -> QServerExitCode {
        if let completion = CompletionRequest(arguments) {
            output.print(await completion.completions(environment: environment).joined(separator: "\n"))
            return .success
        }
        var connection: ConnectionOptions?
        do {
            let command = try parse(arguments)
            connection = command.connection
            let configuration = try command.connection.configuration(environment: environment)
            let context = CommandContext(
                configuration: configuration,
                environment: environment,
                output: output,
                errors: errors,
                interruptions: interruptions,
                mayUseScreen: mayUseScreen
            )
            try await command.run(in: context)
            return .success
        } catch let message as UsageMessage where !message.isError {
            output.print(message.text)
            return .success
        } catch {
            var failure = (error as? UsageMessage)?.failure ?? CommandFailure(error)
            if case QueueClientError.noManager(let address) = error, let connection {
                let origin = connection.addressOrigin(environment: environment)
                failure = AddressAdvice(address: address, origin: origin).failure
            }
            if CommandLineWords(arguments).options.contains("--json") {
                output.print(JSONValue.object(failure.document).encodedText)
            } else {
                tell(failure, on: errors)
            }
            return failure.status
        }
    }

    /// Tells people about a failure.
    private func tell(_ failure: CommandFailure, on errors: Output) {
        var message = failure.message[...]
        // The argument parser's messages, and some of the manager's, begin with the word.
        while message.hasPrefix("Error: ") { message = message.dropFirst(7) }
        let lines = String(message).safeLines.joined(separator: "\n")
        if failure.status == .interrupted {
            // The terminal shows ^C on the line of the cursor.
            errors.print((errors.display.isTerminal ? "\n" : "") + lines)
        } else {
            errors.print(errors.display.styled("Error:", .red) + " " + lines)
        }
        if let hint = Hint.hint(for: failure.message) { errors.print(hint) }
    }

    /// The command that the arguments ask for.
    ///
    /// - Throws: ``UsageMessage`` if they ask for help or are wrong.
    func parse(_ arguments: [String]) throws -> any Command {
        if let problem = unknownWord(in: arguments) { throw UsageMessage(text: problem, isError: true) }
        do {
            var command = try root.parseAsRoot(CommandLineWords.shieldingNegativeNumbers(arguments))
            if let command = command as? any Command { return command }
            if command is any GroupCommand {
                let path = ([root._commandName] + CommandLineWords(arguments).words).joined(separator: " ")
                // As in bluesky-queueserver, nothing at all counts as an option that is missing.
                throw UsageMessage(
                    text: "'\(path)' needs a command. \(Program.allowed(in: type(of: command), path))",
                    isError: true,
                    isOnOptions: arguments.isEmpty
                )
            }
            // The help command, which throws the text.
            try command.run()
            throw UsageMessage(text: "", isError: false)
        } catch let message as UsageMessage {
            throw message
        } catch {
            let text = root.fullMessage(for: error)
            let isError = !root.exitCode(for: error).isSuccess
            throw UsageMessage(text: text, isError: isError, isOnOptions: UsageMessage.isOnOptions(text))
        }
    }

    /// What to tell about a word that is no subcommand where one is needed; nil if there is none.
    private func unknownWord(in arguments: [String]) -> String? {
        let isQuestion = arguments.contains {
            ["-h", "--help", "--version"].contains($0) || $0.hasPrefix("--generate-completion-script")
        }
        if isQuestion { return nil }
        var command = root
        var path = root._commandName
        for word in CommandLineWords(arguments).words {
            let subcommands = Program.subcommands(of: command)
            if subcommands.isEmpty || word == "help" { return nil }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                let question = Suggestion.question(word, in: subcommands.map { $0._commandName })
                return "'\(path)' has no command '\(word)'.\(question) \(Program.allowed(in: command, path))"
            }
            command = next
            path += " " + word
        }
        return nil
    }
}

extension Program {
    fileprivate static func subcommands(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    }

    /// Which words may follow, and where more is said.
    fileprivate static func allowed(in command: any ParsableCommand.Type, _ path: String) -> String {
        let names = subcommands(of: command).map { $0._commandName }.joined(separator: ", ")
        return "Allowed: \(names). See '\(path) --help'."
    }
}

/// A text for the user instead of a command: help, or what is wrong with the command line.
struct UsageMessage: Error, Hashable {
    let text: String
    let isError: Bool
    /// Whether an option is wrong, not a word.
    var isOnOptions = false

    /// The failure that it stands for. The exit codes are those of bluesky-queueserver: its own for words, that of
    /// Python's argparse for options.
    var failure: CommandFailure {
        CommandFailure(status: isOnOptions ? .requestFailed : .badParameters, message: text)
    }

    /// Whether a message of the argument parser, whose errors are not public, is on an option.
    static func isOnOptions(_ message: String) -> Bool {
        let line = message.prefix { $0 != "\n" }
        return ["Error: Unknown option", "Error: The option '-"].contains { line.hasPrefix($0) }
            || ["Missing value for '-", "is invalid for '-"].contains { line.contains($0) }
    }
}
