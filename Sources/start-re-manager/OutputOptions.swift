import ArgumentParser
import Logging

/// What goes to standard output.
struct OutputOptions: ParsableArguments {
    @Option(name: .customLong("console-output"), help: "Whether console output and log lines are printed.")
    var consoleOutput: NetworkOptions.Switch = .on

    @Flag(help: "Print more log lines.") var verbose = false
    @Flag(help: "Print warnings and errors only.") var quiet = false
    @Flag(help: "Print no log lines.") var silent = false

    /// Whether anything is printed.
    var printsConsole: Bool { consoleOutput == .on }

    /// The lowest level that is printed.
    var level: Logger.Level { silent ? .critical : quiet ? .warning : verbose ? .debug : .info }
}
