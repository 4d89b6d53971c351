internal import ArgumentParser
internal import QueueClient
internal import TerminalKit

extension QServer {
    /// Runs the command line and returns the exit code.
    ///
    /// - Parameter arguments: The arguments without the program's name.
    public static func run(_ arguments: [String]) async -> Int32 {
        let environment = ProcessEnvironment.variables
        let output = Terminal(.standardOutput)
        let errors = Terminal(.standardError)
        return await run(
            arguments,
            environment: environment,
            output: Output(display: output.display(environment: environment), write: output.write),
            errors: Output(display: errors.display(environment: environment), write: errors.write),
            mayUseScreen: true
        ).rawValue
    }

    /// Runs the command line with this environment and these outputs.
    static func run(
        _ arguments: [String],
        environment: [String: String],
        output: Output,
        errors: Output,
        mayUseScreen: Bool = false
    ) async -> QServerExitCode {
        do {
            let command = try parse(arguments)
            let configuration = try command.connection.configuration(environment: environment)
            let context = CommandContext(
                configuration: configuration,
                output: output,
                environment: environment,
                mayUseScreen: mayUseScreen
            )
            try await command.run(in: context)
            return .success
        } catch let message as UsageMessage {
            (message.isError ? errors : output).print(message.text)
            return message.isError ? .badParameters : .success
        } catch {
            let failure = CommandFailure(error)
            // Some of the manager's own messages begin with the word.
            let message = failure.message.hasPrefix("Error: ") ? failure.message.dropFirst(7) : failure.message[...]
            if !message.isEmpty {
                let lines = String(message).safeLines.joined(separator: "\n")
                errors.print(errors.display.styled("Error:", .red) + " " + lines)
            }
            return failure.status
        }
    }

    /// The command that the arguments ask for.
    ///
    /// - Throws: ``UsageMessage`` if they ask for help or are wrong.
    static func parse(_ arguments: [String]) throws -> any Command {
        if let problem = unknownWord(in: arguments) { throw UsageMessage(text: problem, isError: true) }
        do {
            var command = try parseAsRoot(CommandLineWords.shieldingNegativeNumbers(arguments))
            if let command = command as? any Command { return command }
            if command is any GroupCommand {
                throw UsageMessage(text: helpMessage(for: type(of: command)), isError: true)
            }
            // The help command, which throws the text.
            try command.run()
            throw UsageMessage(text: "", isError: false)
        } catch let message as UsageMessage {
            throw message
        } catch {
            throw UsageMessage(text: fullMessage(for: error), isError: !exitCode(for: error).isSuccess)
        }
    }

    /// What to tell about a word that is no subcommand where one is needed; nil if there is none.
    private static func unknownWord(in arguments: [String]) -> String? {
        let isQuestion = arguments.contains {
            ["-h", "--help", "--version"].contains($0) || $0.hasPrefix("--generate-completion-script")
        }
        if isQuestion { return nil }
        var command: any ParsableCommand.Type = self
        var path = "qserver"
        for word in CommandLineWords(arguments).words {
            let subcommands = command.configuration.subcommands
            if subcommands.isEmpty || word == "help" { return nil }
            guard let next = subcommands.first(where: { $0._commandName == word }) else {
                let allowed = subcommands.map { $0._commandName }.joined(separator: ", ")
                return "Error: '\(path)' has no command '\(word)'. Allowed: \(allowed). See '\(path) --help'."
            }
            command = next
            path += " " + word
        }
        return nil
    }
}

/// A text for the user instead of a command: help, or what is wrong with the command line.
struct UsageMessage: Error, Hashable {
    let text: String
    let isError: Bool
}
