import Glibc
import Subprocess
import SystemPackage

/// A virtual environment with the Python packages of the field, made beside the build when it is first needed.
actor PythonEnvironment {
    static let shared = PythonEnvironment()

    private enum State {
        case unknown
        case ready
        case missing(String)
    }

    private var state = State.unknown
    private static let folder = program("python-clients")

    /// Whether the packages could be installed. Where no package index can be reached, they cannot.
    func isAvailable() async -> Bool {
        if case .unknown = state { state = await prepare() }
        if case .missing(let reason) = state { print("The Python packages cannot be installed: \(reason)") }
        if case .ready = state { return true }
        return false
    }

    private func prepare() async -> State {
        let stamp = Self.folder + "/complete"
        if access(stamp, R_OK) == 0 { return .ready }
        do {
            let made = try await Self.run("/usr/bin/env", ["python3", "-m", "venv", Self.folder])
            guard made.isSuccess else { return .missing(made.output) }
            let installed = try await Self.run(
                Self.folder + "/bin/pip",
                ["install", "--quiet", "--disable-pip-version-check", "-r", Self.script("requirements.txt")]
            )
            guard installed.isSuccess else { return .missing(installed.output) }
            fclose(fopen(stamp, "w"))
            return .ready
        } catch {
            return .missing("\(error)")
        }
    }

    /// Runs a script of this folder and returns what it printed.
    func run(_ name: String, _ arguments: [String]) async throws -> (isSuccess: Bool, output: String) {
        try await Self.run(Self.folder + "/bin/python", [Self.script(name)] + arguments)
    }

    /// Runs a program of the environment.
    func runProgram(_ name: String, _ arguments: [String]) async throws -> (isSuccess: Bool, output: String) {
        try await Self.run(Self.folder + "/bin/" + name, arguments)
    }

    private static func script(_ name: String, file: String = #filePath) -> String {
        file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex) + "/Python/" + name
    }

    private static func run(_ path: String, _ arguments: [String]) async throws -> (isSuccess: Bool, output: String) {
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return (result.terminationStatus.isSuccess, result.standardOutput)
    }
}
