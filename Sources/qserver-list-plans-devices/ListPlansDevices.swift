import ArgumentParser
import Installation
import Worker

/// Writes the list of the plans and devices of a profile.
@main
struct ListPlansDevices: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-list-plans-devices",
        abstract: "Write the list of the plans and devices of a profile.",
        discussion: """
            A manager reads the list at its start, so that plans can be queued before the environment is opened. It is \
            the one that opening the environment writes.
            """,
        version: Installation.version
    )

    @Option(
        help: ArgumentHelp("Folder of the profile (default: the simulated one that comes along).", valueName: "folder")
    )
    var startupDir: String?

    @Option(help: ArgumentHelp("Folder of the list (default: the current one).", valueName: "folder"))
    var fileDir = "."

    @Option(help: ArgumentHelp("Name of the list's file.", valueName: "file"))
    var fileName = "existing_plans_and_devices.yaml"

    @Option(help: .hidden)
    var startupProfile: String?

    @Option(help: .hidden)
    var startupModule: String?

    @Option(help: .hidden)
    var startupScript: String?

    @Option(help: .hidden)
    var ipythonDir: String?

    @Option(help: .hidden)
    var useIpythonKernel: String?

    @Option(help: .hidden)
    var ignoreInvalidPlans: String?

    @Option(help: .hidden)
    var deviceMaxDepth: Int?

    func run() throws {
        let python = [
            ("startup-profile", startupProfile), ("startup-module", startupModule), ("startup-script", startupScript),
        ]
        if let option = python.first(where: { $0.1 != nil })?.0 {
            throw Failure(
                """
                --\(option) names Python code, whose list is written when a manager opens the environment; a native \
                profile is named with --startup-dir
                """
            )
        }
        guard let directory = startupDir ?? Installation.simulatedProfile else {
            throw Failure("the simulated profile is not installed. A profile is named with --startup-dir")
        }
        let path = fileDir + "/" + fileName
        let lists = try ProfileLists(ProfileLocation(directory: directory))
        try lists.write(file: path)
        print("\(lists.planCount) plans and \(lists.deviceCount) devices of '\(directory)' are listed in '\(path)'.")
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
