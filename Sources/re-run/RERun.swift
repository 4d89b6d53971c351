import ArgumentParser
import Glibc
import Installation
import ProcessLog
import Worker

/// Runs one plan of a profile in the foreground.
@main
struct RERun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "re-run",
        abstract: "Run one plan of a profile in the foreground, without a manager.",
        discussion: """
            Arguments of the plan are JSON: a list holds those by position, an object those by name.

              re-run count '[["det1", "det2"]]' '{"num": 3}'
              re-run scan '[["det1"], "motor1", -1, 1, 11]' --documents scan.jsonl
              re-run scan '[["det1"], "motor1", -1, 1, 11]' --dry-run

            \(RunOptions.discussion)
            """,
        version: Installation.version
    )

    @OptionGroup
    var options: RunOptions

    @Option(
        name: .customLong("worker-executable"),
        help: ArgumentHelp("Worker with devices and plans of your own, which runs the plan.", valueName: "path")
    )
    var workerExecutable: String?

    func run() async throws {
        guard let workerExecutable else { return try await options.run(.standard, program: "re-run") }
        let words = [workerExecutable, "run"] + options.words
        var pointers = words.map { strdup($0) } + [nil]
        execvp(workerExecutable, &pointers)
        // Only a failure gets here.
        StandardError.write(
            "re-run: The worker '\(workerExecutable)' cannot be started: \(String(cString: strerror(errno)))"
        )
        throw ExitCode(1)
    }
}
