internal import Glibc
public import QueueClient
internal import TerminalKit

/// A full-screen view of a manager, with keys to control it.
public enum QueueMonitor {
    /// Why the monitor ended.
    public enum Ending: Sendable, Hashable {
        /// The user left it.
        case left
        /// This signal came.
        case signal(Int32)
        /// The terminal is gone.
        case terminalLost
    }

    /// Shows the manager on the terminal until the user leaves, or a signal ends it; the terminal is then as before.
    ///
    /// - Parameter environment: Variables that tell what the terminal can: `TERM`, `NO_COLOR`, `LANG` and its kin.
    /// - Returns: Why it ended; nil, at once, if standard input and output are not a terminal that it can use.
    /// - Throws: ``QueueClient/QueueClientError`` if the key or an address cannot be used.
    public static func run(
        _ configuration: ClientConfiguration,
        environment: [String: String]
    ) async throws -> Ending? {
        guard let terminal = TerminalDevice.open(environment: environment) else { return nil }
        guard let signals = SignalReports(of: MonitorSession.signals) else { return nil }
        let session = try MonitorSession(
            configuration,
            terminal: terminal,
            signals: signals,
            painter: ScreenPainter(environment: environment)
        )
        return await session.run()
    }
}
