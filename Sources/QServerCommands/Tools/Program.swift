internal import ArgumentParser

/// The programs of this module.
public enum Program: Sendable {
    case qserver
    case consoleMonitor
    case kernelConsole

    /// The command that its arguments are read as.
    var root: any ParsableCommand.Type {
        switch self {
        case .qserver: QServer.self
        case .consoleMonitor: ConsoleMonitor.self
        case .kernelConsole: KernelConsole.self
        }
    }
}
