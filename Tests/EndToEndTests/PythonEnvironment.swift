import Glibc
import Installation
import Subprocess
import SystemPackage
import Testing

/// A virtual environment with the Python packages of the field, made beside the build when it is first needed.
actor PythonEnvironment {
    static let shared = PythonEnvironment()

    private enum State {
        case ready
        case missing(String)
    }

    /// Made once, however many ask for it at the same time.
    private var preparation: Task<State, Never>?
    private static let folder = Installation.executableDirectory + "/python-clients"

    /// Whether the packages could be installed. Where no package index can be reached, they cannot.
    func isAvailable() async -> Bool {
        let task = preparation ?? Task { await Self.prepare() }
        preparation = task
        switch await task.value {
        case .ready: return true
        case .missing(let reason):
            print("The Python packages cannot be installed: \(reason)")
            return false
        }
    }

    private static func prepare() async -> State {
        let stamp = folder + "/complete"
        do {
            // Made anew when other packages are required.
            let wanted = try text(script("requirements.txt"))
            if let installed = try? text(stamp), installed == wanted { return .ready }
            let made = try await run("/usr/bin/env", ["python3", "-m", "venv", folder])
            guard made.isSuccess else { return .missing(made.output) }
            let installed = try await Self.run(
                Self.program("pip"),
                ["install", "--quiet", "--disable-pip-version-check", "-r", Self.script("requirements.txt")]
            )
            guard installed.isSuccess else { return .missing(installed.output) }
            if let file = fopen(stamp, "w") {
                fputs(wanted, file)
                fclose(file)
            }
            return .ready
        } catch {
            return .missing("\(error)")
        }
    }

    /// Its Python interpreter.
    static var interpreter: String { program("python") }

    /// The path of one of its programs.
    static func program(_ name: String) -> String { "\(folder)/bin/\(name)" }

    /// The folder of the simulated profile that comes with bluesky-queueserver.
    var referenceProfile: String {
        get async throws {
            let code =
                "import bluesky_queueserver as b, os; print(os.path.dirname(b.__file__) + '/profile_collection_sim')"
            let result = try await Self.run(Self.interpreter, ["-c", code])
            return String(result.output.prefix { !$0.isNewline })
        }
    }

    /// Makes a virtual environment without packages; tells whether that worked.
    static func makeEmpty(_ folder: String) async throws -> Bool {
        try await run("/usr/bin/env", ["python3", "-m", "venv", "--without-pip", folder]).isSuccess
    }

    /// Runs the tests of the Python worker.
    func runUnitTests() async throws -> (isSuccess: Bool, output: String) {
        let folder = try #require(Installation.pythonWorker)
        return try await Self.run(Self.interpreter, ["-m", "unittest", "discover", "-s", folder + "/../tests"])
    }

    /// Runs a script of this folder and returns what it printed.
    func run(_ name: String, _ arguments: [String]) async throws -> (isSuccess: Bool, output: String) {
        try await Self.run(Self.interpreter, [Self.script(name)] + arguments)
    }

    /// Runs a program of the environment.
    func runProgram(_ name: String, _ arguments: [String]) async throws -> (isSuccess: Bool, output: String) {
        try await Self.run(Self.program(name), arguments)
    }

    private static func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
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
