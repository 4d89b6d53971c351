import PlanCatalog
import Subprocess
import SupervisorLink
import SystemPackage
import Wire

/// The lists of startup code in Python, which its own interpreter makes.
enum PythonLists {
    private static let maximumSize = 1 << 30

    /// Runs the startup code. What it prints goes to standard error.
    static func lists(of startup: StartupLocation, _ worker: PythonWorker) async throws -> ExistingLists {
        let result = try await Subprocess.run(
            .path(FilePath(worker.interpreter)),
            arguments: Arguments(worker.arguments + ["--print-lists"] + startup.workerOption),
            input: .none,
            output: .bytes(limit: maximumSize),
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        )
        guard result.terminationStatus.isSuccess else {
            throw Failure("the startup code '\(startup.name)' has failed; nothing was written")
        }
        let lists = try JSONValue(parsing: result.standardOutput)
        return try ExistingLists(
            ["existing_plans": lists["plans"] ?? [:], "existing_devices": lists["devices"] ?? [:]]
        )
    }
}
