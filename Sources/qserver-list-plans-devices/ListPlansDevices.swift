import ArgumentParser
import Installation
import Logging
import ManagerConfiguration
import PlanCatalog
import ProcessLog
import StartupSelection
import SupervisorLink
import Worker

/// Writes the list of the plans and devices of a profile.
@main
struct ListPlansDevices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qserver-list-plans-devices",
        abstract: "Write the list of the plans and devices of a profile, or of startup code in Python.",
        discussion: """
            A manager reads the list at its start, so that plans can be queued before the environment is opened. It is \
            the one that opening the environment writes. Startup code in Python is run for it; what it prints goes to \
            standard error.
            """,
        version: Installation.version
    )

    @OptionGroup(title: "Devices and plans") var startup: StartupOptions
    @OptionGroup(title: "Worker") var worker: WorkerOptions

    @Option(help: ArgumentHelp("Folder of the list (default: the current one).", valueName: "folder"))
    var fileDir = "."

    @Option(help: ArgumentHelp("Name of the list's file.", valueName: "file"))
    var fileName = "existing_plans_and_devices.yaml"

    @Option(help: .hidden)
    var useIpythonKernel: Switch?

    func validate() throws {
        if useIpythonKernel == .on {
            throw ValidationError("--use-ipython-kernel ON is not supported: \(ForeignOption.iPythonKernel)")
        }
    }

    func run() async throws {
        let location = try startup.location(ManagerConfiguration())
        let program = try worker.program(
            for: location,
            ManagerConfiguration(),
            log: .process("qserver-list-plans-devices", level: .info)
        )
        ConsoleWriter.shared.flush()
        let lists = try await lists(of: location, program)
        let path = fileDir + "/" + fileName
        try lists.write(file: path)
        let counts = "\(lists.plans.count) plans and \(lists.devices.count) devices"
        print("\(counts) of '\(location.name)' are listed in '\(path)'.")
    }

    private func lists(of location: StartupLocation, _ program: SupervisorLink.WorkerProgram) async throws
        -> ExistingLists
    {
        switch program {
        case .python(let worker): return try await PythonLists.lists(of: location, worker)
        case .native(let worker):
            guard worker.executable == nil else {
                throw Failure(
                    "the lists of a native worker of your own are written when a manager opens its environment"
                )
            }
            return try ExistingLists(profile: ProfileLocation(directory: location.name))
        }
    }
}

/// Why there are no lists.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
