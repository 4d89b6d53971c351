import ArgumentParser
import Glibc
import Installation
import Logging
import ProcessLog
import Supervisor
import SupervisorLink
import ZeroMQ

/// Starts a run-engine manager.
@main
struct StartREManager: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start-re-manager",
        abstract: "Start a run-engine manager: a queue of plans, its history, and a worker that runs the plans.",
        discussion: """
            The manager answers JSON requests on a 0MQ socket. Without a CURVE key and without an address it listens \
            on this machine only. Ctrl-C and SIGTERM stop everything in order.

            Environment: QSERVER_ZMQ_CONTROL_ADDRESS_FOR_SERVER, QSERVER_ZMQ_INFO_ADDRESS_FOR_SERVER, \
            QSERVER_ZMQ_ENCODING_FOR_SERVER, QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER (a CURVE key of 40 characters, which turns encryption on), \
            QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER and QSERVER_PERMITTED_RE_METADATA_KEYS.
            """,
        version: Installation.version
    )

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Folders") var folders: FolderOptions
    @OptionGroup(title: "Permissions") var permissions: PermissionOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    static func main() {
        refuseUnsupportedOptions(Array(CommandLine.arguments.dropFirst()))
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
    }

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        if !output.printsConsole { ConsoleWriter.shared.disable() }
        let log = Logger.process("supervisor", level: output.level)
        do {
            let addresses = try network.resolve(log: log)
            var settings = ManagerSettings(
                controlAddress: addresses.control,
                infoAddress: addresses.info,
                stateDirectory: folders.stateDirectory,
                startupDirectory: try folders.startupDirectory(),
                printsConsole: output.printsConsole,
                logLevel: output.level.rawValue
            )
            settings.encoding = try network.encoding()
            permissions.apply(to: &settings)
            let loop = EventLoop()
            let supervisor = try Supervisor(
                settings: settings,
                executableDirectory: Installation.executableDirectory,
                state: try StateDirectory(path: folders.stateDirectory),
                loop: loop,
                log: log,
                onExit: { Glibc.exit($0) }
            )
            Task { await supervisor.start() }
            loop.run()
        } catch {
            ConsoleWriter.shared.flush()
            StandardError.write("start-re-manager: \(error)")
            Glibc.exit(1)
        }
    }
}
