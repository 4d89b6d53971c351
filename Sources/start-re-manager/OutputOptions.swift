import ArgumentParser
import Logging
import ManagerConfiguration
import StartupSelection

/// What goes to standard output.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("console-output"),
        help: "Whether console output and log lines are printed (default: ON)."
    )
    var consoleOutput: Switch?

    @Flag(help: "Print more log lines.") var verbose = false
    @Flag(help: "Print warnings and errors only.") var quiet = false
    @Flag(help: "Print no log lines.") var silent = false

    /// Whether anything is printed.
    func printsConsole(_ configuration: ManagerConfiguration) -> Bool {
        consoleOutput?.isOn ?? configuration.printsConsole ?? true
    }

    /// The lowest level that is printed.
    func level(_ configuration: ManagerConfiguration) -> Logger.Level {
        if silent || quiet || verbose { return silent ? .critical : quiet ? .warning : .debug }
        return switch configuration.loggingLevel ?? .normal {
        case .verbose: .debug
        case .normal: .info
        case .quiet: .warning
        case .silent: .critical
        }
    }
}
