import ArgumentParser
import Glibc
import Installation
import Logging
import ManagerConfiguration
import ProcessLog
import StartupSelection
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
            The manager answers requests, in JSON or MessagePack, on a 0MQ socket. Without a CURVE key and without an address it listens \
            on this machine only. An option overrides the configuration, that the environment. Ctrl-C and SIGTERM stop everything in order.

            Environment: QSERVER_CONFIG, QSERVER_ZMQ_CONTROL_ADDRESS_FOR_SERVER, QSERVER_ZMQ_INFO_ADDRESS_FOR_SERVER, \
            QSERVER_ZMQ_ENCODING_FOR_SERVER, QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER (a CURVE key of 40 characters, which turns encryption on) \
            or QSERVER_ZMQ_PRIVATE_KEY_FILE_FOR_SERVER, QSERVER_ZMQ_CLIENTS_FILE_FOR_SERVER, QSERVER_ZMQ_INFO_ENCRYPTION_FOR_SERVER, \
            QSERVER_EMERGENCY_LOCK_KEY_FOR_SERVER or QSERVER_EMERGENCY_LOCK_KEY_FILE_FOR_SERVER, \
            QSERVER_PERMITTED_RE_METADATA_KEYS and QSERVER_SETTINGS_SAVE_TO_FILE (a file for the settings in effect).
            """,
        version: Installation.version
    )

    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Keys") var keys: KeyOptions
    @OptionGroup(title: "Devices and plans") var startup: StartupOptions
    @OptionGroup(title: "Worker") var worker: WorkerOptions
    @OptionGroup(title: "Folders") var folders: FolderOptions
    @OptionGroup(title: "Store") var store: StoreOptions
    @OptionGroup(title: "Queue") var queue: QueueOptions
    @OptionGroup(title: "Permissions") var permissions: PermissionOptions
    @OptionGroup(title: "Supervision") var supervision: SupervisionOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(visibility: .hidden) var foreign: ForeignOptions

    func run() throws {
        signal(SIGPIPE, SIG_IGN)
        do {
            let configuration = try configurationOptions.load()
            let printsConsole = output.printsConsole(configuration)
            if !printsConsole { ConsoleWriter.shared.disable() }
            let level = output.level(configuration)
            let log = Logger.process("supervisor", level: level)
            for option in try foreign.ignored(configuration) {
                log.info("\(option.name) is ignored: \(option.reason)")
            }
            let protection = try keys.resolve(configuration)
            let addresses = try network.resolve(configuration, protection, log: log)
            let location = try startup.location(configuration)
            let files = try permissions.files(
                configuration,
                directory: startup.profileDirectory(of: location, configuration)
            )
            var settings = ManagerSettings(
                controlAddress: addresses.control,
                infoAddress: addresses.info,
                stateDirectory: folders.stateDirectory,
                startup: location,
                permissionsFile: files.permissions,
                listsFile: files.lists,
                printsConsole: printsConsole,
                logLevel: level.rawValue
            )
            settings.worker = try worker.program(for: location, configuration, log: log)
            settings.documentsDirectory = try folders.documentsDirectory()
            settings.metricsPort = network.metricsPort.map(Int.init) ?? configuration.metricsPort
            settings.privateKeyFile = protection.keyFile
            settings.emergencyLockKeyFile = protection.emergencyLockKeyFile
            settings.clientsFile = protection.clientsFile
            settings.encryptsInfo = protection.encryptsInfo
            settings.encoding = try network.encoding(configuration)
            permissions.apply(configuration, to: &settings)
            try store.apply(configuration, to: &settings)
            queue.apply(configuration, to: &settings)
            SavedSettings(settings).saveIfAsked(log: log)
            let loop = EventLoop()
            let supervisor = try Supervisor(
                settings: settings,
                limits: supervision.limits,
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
            // A folder may come with a mount and a state directory may become free; a configuration stays wrong.
            Glibc.exit(error is ConfigurationError ? Supervisor.configurationExitCode : 1)
        }
    }
}
