import ArgumentParser
import Glibc
import Installation
package import Logging
package import ManagerConfiguration
import Supervisor
package import SupervisorLink

/// Which program hosts devices and plans.
package struct WorkerOptions: ParsableArguments {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case native
        case python
    }

    @Option(
        name: .customLong("worker"),
        help:
            "The worker: for profiles without code, or for startup code in Python (default: by what the folder holds)."
    )
    var kind: Kind?

    @Option(
        name: .customLong("worker-executable"),
        help: ArgumentHelp(
            "A native worker with devices and plans of your own, instead of re-worker.",
            valueName: "path"
        )
    )
    var executable: String?

    @Option(
        name: .customLong("python"),
        help: ArgumentHelp(
            "Interpreter for startup code in Python, such as that of a virtual environment (default: python3).",
            valueName: "path"
        )
    )
    var interpreter: String?

    @Option(
        name: .customLong("device-max-depth"),
        help: ArgumentHelp(
            "How deep the lists of devices go: 1 for devices without components; 0, the default, for all.",
            valueName: "depth"
        )
    )
    var deviceMaximumDepth: UInt?

    @Option(
        name: .customLong("ignore-invalid-plans"),
        help: "Leave out plans in Python that cannot be described (default: ON). OFF: nothing opens then."
    )
    var ignoresInvalidPlans: Switch?

    package init() {}

    /// The program for the devices and plans of a place.
    ///
    /// - Throws: ``ConfigurationError`` if the place needs another one, ``SupervisorError`` if Python or the worker is not
    ///   there.
    package func program(
        for startup: StartupLocation,
        _ configuration: ManagerConfiguration,
        log: Logger
    ) throws -> WorkerProgram {
        guard try kind(for: startup, configuration) == .python else {
            if ignoresInvalidPlans != nil {
                log.info("--ignore-invalid-plans is ignored: \(ForeignOption.invalidPlans)")
            }
            return .native(
                NativeWorker(
                    executable: try nativeExecutable(configuration),
                    deviceMaximumDepth: maximumDepth(configuration)
                )
            )
        }
        guard executable == nil else {
            throw ConfigurationError("--worker-executable is for a native worker, and this startup code is in Python.")
        }
        guard let package = Installation.pythonWorker else {
            throw SupervisorError("The Python worker is not installed: there is no folder 'Python/re_worker'.")
        }
        return .python(
            PythonWorker(
                interpreter: try path(ofInterpreter: interpreter ?? configuration.pythonInterpreter ?? "python3"),
                package: package,
                deviceMaximumDepth: maximumDepth(configuration),
                ignoresInvalidPlans: ignoresInvalidPlans?.isOn ?? configuration.ignoresInvalidPlans ?? true
            )
        )
    }

    private func maximumDepth(_ configuration: ManagerConfiguration) -> Int {
        deviceMaximumDepth.map { Int(clamping: $0) } ?? configuration.deviceMaximumDepth ?? 0
    }

    private func nativeExecutable(_ configuration: ManagerConfiguration) throws(SupervisorError) -> String? {
        guard let path = (executable ?? configuration.workerExecutable).map(UserPath.absolute) else { return nil }
        guard access(path, X_OK) == 0, !UserPath.isFolder(path) else {
            throw SupervisorError("The worker '\(path)' does not exist or cannot be executed.")
        }
        return path
    }

    private func kind(
        for startup: StartupLocation,
        _ configuration: ManagerConfiguration
    ) throws(ConfigurationError) -> Kind {
        var named = kind
        if named == nil, let type = configuration.workerType {
            named = Kind(rawValue: type)
            guard named != nil else {
                throw ConfigurationError("worker/type must be native or python, and not \(type)")
            }
        }
        guard case .directory(let path) = startup else {
            guard named != .native else {
                throw ConfigurationError(
                    "A startup script or module is code in Python, which needs the worker 'python'."
                )
            }
            return .python
        }
        if let named { return named }
        let holdsDevices = access(path + "/devices.yaml", F_OK) == 0
        guard holdsCode(path) else { return .native }
        guard !holdsDevices else {
            throw ConfigurationError(
                "'\(path)' holds both devices.yaml and Python files. Say with --worker which of them count: native or python."
            )
        }
        return .python
    }

    private func holdsCode(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".py") || name.hasSuffix(".ipy") { return true }
        }
        return false
    }

    /// The absolute path of an interpreter that is named by its path or is in `PATH`. Links are not followed: that of a
    /// virtual environment is one.
    private func path(ofInterpreter name: String) throws(SupervisorError) -> String {
        let candidates =
            name.contains("/")
            ? [UserPath.absolute(name)]
            : (environment("PATH") ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
        for path in candidates where access(path, X_OK) == 0 && !UserPath.isFolder(path) { return path }
        throw SupervisorError(
            "The Python interpreter '\(name)' does not exist. Name the one of the profile's environment with --python."
        )
    }
}
