internal import ArgumentParser
internal import Installation
internal import ProcessLog
internal import Wire

/// The command line on which one plan is run: that of `re-run`, and of every worker program after the word `run`.
package struct RunOptions: ParsableArguments {
    @Argument(help: "Name of the plan.")
    var plan: String

    @Argument(help: ArgumentHelp("Arguments of the plan as JSON: a list, an object, or both.", valueName: "json"))
    var arguments: [String] = []

    @Option(
        name: .customLong("startup-dir"),
        help: ArgumentHelp("Folder of the profile (default: the simulated one that comes along).", valueName: "dir")
    )
    var startupDirectory: String?

    @Option(help: ArgumentHelp("File to which the documents are appended, a line of JSON each.", valueName: "file"))
    var documents: String?

    @Option(name: .customLong("md"), help: ArgumentHelp("Metadata for the runs, as a JSON object.", valueName: "json"))
    var metadata: String?

    @Flag(help: "Print no table of the run.")
    var quiet = false

    @Flag(help: "Move nothing: print the steps, check limits and estimate how long the plan takes.")
    var dryRun = false

    package init() {}

    /// What a reader of the help has to know besides.
    package static let discussion = """
        Ctrl-C aborts the plan, a second one halts it. The exit code is 0 if the plan completed, 1 if it failed or \
        could not start, and 130 if it was interrupted.
        """

    /// The words with which another program runs the same plan in the same way.
    package var words: [String] {
        let options = [("--startup-dir", startupDirectory), ("--documents", documents), ("--md", metadata)]
            .flatMap { name, value in value.map { [name, $0] } ?? [] }
        return options + (quiet ? ["--quiet"] : []) + (dryRun ? ["--dry-run"] : []) + ["--", plan] + arguments
    }

    /// Runs the plan.
    ///
    /// - Parameters:
    ///   - repertoire: What profiles can name.
    ///   - program: The name of the program, before error texts.
    /// - Throws: the exit code, unless it is 0; and what is wrong with the command line.
    package func run(_ repertoire: Repertoire, program: String) async throws {
        let input = try PlanInput(arguments)
        let metadata = try metadata.map { try PlanInput.object($0, "--md") } ?? [:]
        do {
            try await run(input, metadata: metadata, repertoire)
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardError.write("\(program): \(error)")
            throw ExitCode(1)
        }
    }

    private func run(_ input: PlanInput, metadata: JSONObject, _ repertoire: Repertoire) async throws {
        guard let directory = startupDirectory ?? Installation.simulatedProfile else {
            throw Failure("The simulated profile is not installed. Name a profile with --startup-dir.")
        }
        let run = try ForegroundRun(profile: ProfileLocation(directory: directory), repertoire: repertoire) {
            print($0)
        }
        if dryRun {
            let isGood = try await run.rehearse(plan, arguments: input.positional, keywords: input.named)
            if !isGood { throw ExitCode(1) }
            return
        }
        let outcome = try await run.run(
            plan,
            arguments: input.positional,
            keywords: input.named,
            metadata: metadata,
            documentsPath: documents,
            showsTable: !quiet
        )
        switch outcome {
        case .completed: break
        case .interrupted: throw ExitCode(130)
        case .failed(let reason): throw Failure("The plan failed: \(reason)")
        }
    }
}

/// Why a plan could not be run.
private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
