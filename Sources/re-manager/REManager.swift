import ArgumentParser
import Glibc
import Logging
import Manager
import ProcessLog
import SupervisorLink
import Wire
import ZeroMQ

/// The manager's process. It is started by `start-re-manager`, whose end of the link is its standard input.
@main
struct REManager: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "re-manager",
        abstract: "The manager process; started by start-re-manager, not by hand."
    )

    /// Exit code when the settings are such that no manager could work with them.
    private static let configurationExitCode: Int32 = 78

    @Option(help: "The settings as JSON.")
    var settings: String

    func run() throws {
        guard let value = try? JSONValue(parsing: settings), let settings = ManagerSettings(value) else {
            throw ValidationError("--settings is no complete JSON object of settings")
        }
        // Ctrl-C in a terminal reaches every process of the group; the supervisor decides what it means.
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        if !settings.printsConsole { ConsoleWriter.shared.disable() }
        let logLines = Mailbox<String>()
        let log = Logger.process("manager", level: Logger.Level(rawValue: settings.logLevel) ?? .info) {
            logLines.post($0)
        }

        let loop = EventLoop()
        do {
            let manager = try Manager(
                settings: settings,
                secretKey: try secretKey(),
                emergencyLockKey: variable("QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER"),
                supervisor: LineChannel(descriptor: dup(0)),
                loop: loop,
                log: log,
                logLines: logLines,
                onExit: { Glibc.exit($0) }
            )
            Task { await manager.start() }
            loop.run()
        } catch {
            ConsoleWriter.shared.flush()
            StandardError.write("re-manager: \(error)")
            Glibc.exit(REManager.configurationExitCode)
        }
    }

    private func secretKey() throws -> CurveKeys? {
        let name = "QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER"
        guard let text = variable(name) else { return nil }
        guard let keys = CurveKeys(secretKey: text) else {
            throw ValidationError("\(name) is no CURVE key: 40 characters of the Z85 alphabet are expected")
        }
        return keys
    }

    /// A variable of the environment; nil if it is missing or empty.
    private func variable(_ name: String) -> String? {
        guard let raw = getenv(name), raw.pointee != 0 else { return nil }
        return String(cString: raw)
    }
}
