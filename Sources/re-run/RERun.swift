import ArgumentParser
import Glibc
import Installation
import ProcessLog
import Wire
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

            Ctrl-C aborts the plan, a second one halts it. The exit code is 0 if the plan completed, 1 if it failed or
            could not start, and 130 if it was interrupted.
            """,
        version: Installation.version
    )

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

    func run() async throws {
        let input = try PlanInput(arguments)
        let metadata = try metadata.map { try PlanInput.object($0, "--md") } ?? [:]
        do {
            guard let directory = startupDirectory ?? Installation.simulatedProfile else {
                throw Failure("The simulated profile is not installed. Name a profile with --startup-dir.")
            }
            let run = try ForegroundRun(profile: ProfileLocation(directory: directory)) { print($0) }
            if dryRun {
                let isGood = try await run.rehearse(plan, arguments: input.positional, keywords: input.named)
                throw ExitCode(isGood ? 0 : 1)
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
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardError.write("re-run: \(error)")
            throw ExitCode(1)
        }
    }
}

/// Why a plan could not be run.
private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The arguments of a plan as they are given on the command line.
struct PlanInput {
    private(set) var positional: [JSONValue] = []
    private(set) var named: JSONObject = [:]

    init(_ texts: [String]) throws {
        for text in texts {
            switch try PlanInput.value(text, "an argument of the plan") {
            case .array(let elements): positional += elements
            case .object(let members): named = named.merging(members)
            default: throw ValidationError("'\(text)' is neither a JSON list nor a JSON object")
            }
        }
    }

    /// A text that must hold a JSON object.
    static func object(_ text: String, _ what: String) throws -> JSONObject {
        guard case .object(let members) = try value(text, what) else {
            throw ValidationError("\(what) must be a JSON object, not '\(text)'")
        }
        return members
    }

    private static func value(_ text: String, _ what: String) throws -> JSONValue {
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw ValidationError("\(what) is no JSON: \(error): '\(text)'")
        }
    }
}
