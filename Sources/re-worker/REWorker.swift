import ArgumentParser
import Glibc
import Logging
import ProcessLog
import Worker
import ZeroMQ

/// The worker's process. It is started by `start-re-manager`.
@main
struct REWorker: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "re-worker",
        abstract: "The worker process, which runs plans; started by start-re-manager, not by hand."
    )

    @Option(help: "Address of the worker link.")
    var endpoint: String

    @Option(name: .customLong("startup-dir"), help: "Folder of the profile.")
    var startupDirectory: String

    @Option(name: .customLong("state-dir"), help: "Folder that keeps the run engine's metadata.")
    var stateDirectory: String?

    @Option(name: .customLong("documents-dir"), help: "Folder for the documents of each run.")
    var documentsDirectory: String?

    @Option(
        name: .customLong("adoption-wait"),
        help: "Seconds to wait for another supervisor when this one has been killed and no plan runs."
    )
    var adoptionWait: Int?

    @Option(name: .customLong("log-level"), help: "Lowest level of log lines.")
    var logLevel: String = "info"

    func run() throws {
        TerminalSignals.ignore()
        signal(SIGPIPE, SIG_IGN)
        let loop = EventLoop()
        do {
            let worker = try WorkerProcess(
                endpoint: endpoint,
                profile: ProfileLocation(directory: startupDirectory),
                storage: WorkerStorage(
                    metadataPath: stateDirectory.map { $0 + "/re_metadata.json" },
                    documentsDirectory: documentsDirectory
                ),
                adoptionWait: adoptionWait.map { .seconds($0) } ?? WorkerProcess.usualAdoptionWait,
                loop: loop,
                log: Logger.process("worker", level: Logger.Level(rawValue: logLevel) ?? .info)
            )
            Task { await worker.start() }
            loop.run()
        } catch {
            StandardError.write("re-worker: \(error)")
            Glibc.exit(1)
        }
    }
}
