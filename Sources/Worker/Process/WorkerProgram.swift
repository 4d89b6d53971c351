internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Logging
internal import ProcessLog
internal import ZeroMQ

/// The worker as a program: what `re-worker` is, and what a laboratory makes of it with devices and plans of its own.
///
///     @main struct LaboratoryWorker {
///         static func main() {
///             var repertoire = Repertoire.standard
///             repertoire.add(darkCount)
///             WorkerProgram.main(repertoire)
///         }
///     }
///
/// A manager starts it instead of `re-worker` when it was started with `--worker-executable`. By hand it runs one plan
/// of a profile, as `re-run` does: `laboratory-worker run --startup-dir profile dark_count '[["diode"]]' --dry-run`.
public enum WorkerProgram {
    /// Reads the command line, and serves the manager until the environment is closed, or runs a plan.
    public static func main(_ repertoire: Repertoire = .standard) -> Never {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.first == "run" else { WorkerCommandLine.parseOrExit().serve(repertoire) }
        let command = RunCommandLine.parseOrExit(Array(arguments.dropFirst()))
        Task.detached {
            do {
                try await command.options.run(repertoire, program: RunCommandLine.program)
                RunCommandLine.exit()
            } catch {
                RunCommandLine.exit(withError: error)
            }
        }
        dispatchMain()
    }
}

private struct RunCommandLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "\(program) run",
        abstract: "Run one plan of a profile in the foreground, without a manager.",
        discussion: RunOptions.discussion
    )

    /// The name of this program.
    static var program: String {
        CommandLine.arguments.first?.split(separator: "/").last.map { String($0) } ?? "re-worker"
    }

    @OptionGroup
    var options: RunOptions
}

private struct WorkerCommandLine: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The worker process, which runs plans; started by start-re-manager, not by hand.",
        discussion: "With 'run' as the first argument it runs one plan without a manager; 'run --help' tells how."
    )

    @Option(help: "Address of the worker link.")
    var endpoint: String

    @Option(name: .customLong("startup-dir"), help: "Folder of the profile.")
    var startupDirectory: String

    @Option(name: .customLong("device-max-depth"), help: "How deep the list of devices goes; 0 for all components.")
    var deviceMaximumDepth: Int = 0

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

    func serve(_ repertoire: Repertoire) -> Never {
        TerminalSignals.ignore()
        signal(SIGPIPE, SIG_IGN)
        let loop = EventLoop()
        do {
            let worker = try WorkerProcess(
                endpoint: endpoint,
                profile: ProfileLocation(directory: startupDirectory, deviceMaximumDepth: deviceMaximumDepth),
                repertoire: repertoire,
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
            Glibc.exit(0)
        } catch {
            StandardError.write("re-worker: \(error)")
            Glibc.exit(1)
        }
    }
}
