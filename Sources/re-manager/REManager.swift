import ArgumentParser
import CLinux
import Glibc
import Logging
import Manager
import ProcessLog
import QueueStore
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
        TerminalSignals.ignore()
        signal(SIGTERM, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow any more is an error like a full disk, and no reason to end.
        signal(SIGXFSZ, SIG_IGN)
        clinux_allow_more_descriptors()
        if !settings.printsConsole { ConsoleWriter.shared.disable() }
        let logLines = Mailbox<String>()
        let log = Logger.process("manager", level: Logger.Level(rawValue: settings.logLevel) ?? .info) {
            logLines.post($0)
        }

        let loop = EventLoop()
        do {
            var supervisor = LineChannel(descriptor: dup(0))
            let (store, state) = try openStore(settings, supervisor: &supervisor, log: log)
            let manager = try Manager(
                settings: settings,
                store: store,
                state: state,
                secretKey: try secretKey(file: settings.privateKeyFile),
                emergencyLockKey: try settings.emergencyLockKeyFile.map(SecretFile.text)
                    ?? variable("QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER"),
                supervisor: supervisor,
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

    /// Opens the store and loads what is in it.
    ///
    /// A server may be away for a while. A manager that replaces another one waits for it as long as it takes, because
    /// a plan may be running; the first one for a few seconds only, because the address may be wrong.
    private func openStore(
        _ settings: ManagerSettings,
        supervisor: inout LineChannel,
        log: Logger
    ) throws -> (any QueueStore, StoredState) {
        var location = StoreLocation.sqlite(path: settings.stateDirectory + "/queue.sqlite")
        if let prefix = settings.redisPrefix {
            location = .redis(try RedisAddress(variable(ManagerSettings.redisAddressVariable) ?? ""), prefix: prefix)
        }
        let began = ContinuousClock.now
        while true {
            do {
                let store = try location.open()
                guard !store.isInUse else {
                    throw QueueStoreError("Another manager uses \(location)", isTemporary: true)
                }
                return (store, try store.load())
            } catch let error as QueueStoreError where error.isTemporary {
                guard settings.isReplacement || began.duration(to: .now) < .seconds(3) else { throw error }
                log.warning("\(error). It is tried again.")
                // To the supervisor a beat means that managers can work here, which the first one has yet to show.
                if settings.isReplacement { supervisor.send(SupervisorRequest.beat.encoded) }
                usleep(500_000)
            }
        }
    }

    private func secretKey(file: String?) throws -> CurveKeys? {
        if let file { return try CurveKeys(secretFile: file) }
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
