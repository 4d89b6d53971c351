internal import ArgumentParser
internal import QueueClient
internal import TerminalKit
internal import Wire

/// `qserver doctor`
struct Doctor: Command {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the installation and the connection, and say what to do about what is wrong.",
        usage: "qserver doctor [--state-dir <folder>] [--startup-dir <folder>] [<options>]",
        discussion: """
            Nothing is changed. What concerns the manager's machine (state directory, profile, programs) is checked on \
            this machine, if the manager's address is one of it. Exit code 5 if there is a problem.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Folder of the queue and the history (default: that of start-re-manager).",
            valueName: "folder"
        ),
        completion: .directory
    )
    var stateDir: String?

    @Option(
        help: ArgumentHelp("Folder of the profile (default: the simulated one that comes along).", valueName: "folder"),
        completion: .directory
    )
    var startupDir: String?

    @OptionGroup(title: "Connection")
    var connection: ConnectionOptions

    func run(in context: CommandContext) async throws {
        var findings: [Finding] = []
        let connection = ConnectionChecks(context: context)
        findings += await connection.findings()
        if connection.isLocal {
            let installation = InstallationChecks(
                environment: context.environment,
                stateDirectory: stateDir,
                startupDirectory: startupDir
            )
            findings += installation.findings()
        }
        try report(findings, in: context)
    }

    private func report(_ findings: [Finding], in context: CommandContext) throws {
        let problems = findings.filter { $0.level == .problem }.count
        let document: JSONObject = [
            "success": .bool(problems == 0), "msg": .string(problems == 0 ? "" : count(problems, "problem")),
            "checks": .array(findings.map(\.json)),
        ]
        if !connection.json { context.print(FindingText.text(findings, on: context.display)) }
        guard problems == 0 else {
            let message = "\(count(problems, "problem")) found; each is followed by what to do"
            throw CommandFailure(status: .operationFailed, message: message, document: document)
        }
        context.print(connection.json ? JSONValue.object(document).encodedText : "\nNo problem found.")
    }
}
