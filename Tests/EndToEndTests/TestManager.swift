import Glibc
import Installation
import QueueClient
import Subprocess
import SystemPackage
import Testing
import Wire

/// The real processes of a manager, on free ports and with a state directory of their own.
struct TestManager: Sendable {
    /// Address of the control socket.
    let address: String
    /// A client of the manager.
    let client: QueueClient
    /// The supervisor's process id.
    let pid: Int32

    /// Starts a manager, runs `body` with it, ends it with SIGTERM, and returns how it ended.
    ///
    /// - Parameters:
    ///   - endsByItself: Whether `body` makes it end, so that no signal is sent.
    ///   - onLine: Called with each line that it prints.
    @discardableResult
    static func run(
        state: TemporaryFolder,
        options: [String] = [],
        variables: [String: String] = [:],
        endsByItself: Bool = false,
        onLine: (String) -> Void = { _ in },
        configure: (inout ClientConfiguration) -> Void = { _ in },
        _ body: (TestManager) async throws -> Void
    ) async throws -> TerminationStatus {
        let arguments = ["--zmq-control-addr", "tcp://127.0.0.1:*", "--state-dir", state.path] + options
        var environment = Environment.inherit
        for (name, value) in variables {
            environment = environment.updating([.init(stringLiteral: name): value])
        }
        var platformOptions = PlatformOptions()
        platformOptions.processGroupID = 0
        let result = try await Subprocess.run(
            .path(FilePath(program("start-re-manager"))),
            arguments: Arguments(arguments),
            environment: environment,
            platformOptions: platformOptions,
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            let pid = execution.processIdentifier.value
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            var address: String?
            while address == nil, let line = try await lines.next() {
                onLine(line)
                guard let range = line.firstRange(of: "Waiting for requests at ") else { continue }
                address = String(line[range.upperBound...].prefix { !$0.isWhitespace })
            }
            guard let address else { throw ManagerDidNotStart() }
            var configuration = ClientConfiguration()
            configuration.controlAddress = address
            configuration.timeout = .seconds(10)
            configure(&configuration)
            let manager = TestManager(address: address, client: try QueueClient(configuration), pid: pid)
            do {
                try await body(manager)
            } catch {
                kill(pid, SIGTERM)
                throw error
            }
            if !endsByItself { kill(pid, SIGTERM) }
            while let line = try await lines.next() { onLine(line) }
        }
        return result.terminationStatus
    }

    /// Opens the environment and waits for it.
    func openEnvironment() async throws {
        try await client.environmentOpen()
        try await client.waitForEnvironment()
    }

    /// The process ids of the supervisor's children of this name.
    func children(_ name: String) -> [Int32] {
        var found: [Int32] = []
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let text = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let candidate = Int32(text), let stat = TestManager.firstLine("/proc/\(text)/stat") else { continue }
            // pid (name) state parent …
            guard let close = stat.lastIndex(of: ")"), let open = stat.firstIndex(of: "(") else { continue }
            let fields = stat[close...].split(separator: " ")
            if stat[stat.index(after: open)..<close] == name, fields.count > 2, Int32(fields[2]) == pid {
                found.append(candidate)
            }
        }
        return found
    }

    /// Whether there is a process of this number that has not ended.
    static func isRunning(_ pid: Int32) -> Bool {
        guard let stat = firstLine("/proc/\(pid)/stat"), let end = stat.lastIndex(of: ")") else { return false }
        return !stat[end...].hasPrefix(") Z")
    }

    /// Waits for the end of a process, which need not be a child.
    static func waitForEnd(of pid: Int32) async throws {
        for _ in 0..<3_000 where isRunning(pid) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(!isRunning(pid))
    }

    private static func firstLine(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 4096)
        guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A program of this package as it was built with the tests.
func program(_ name: String) -> String { Installation.executableDirectory + "/" + name }

struct ManagerDidNotStart: Error {}

/// A folder that is removed with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/re-manager-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ManagerDidNotStart() }
        path = String(cString: made)
    }

    /// The paths of the files in it.
    private var files: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append("\(path)/\(name)") }
        }
        return names
    }

    /// Whether one of its files has this text in its first 64 kB.
    func holdsText(_ text: String) -> Bool { files.contains { TemporaryFolder.text(ofFile: $0).contains(text) } }

    /// The first 64 kB of a file; empty if there is none.
    func text(of name: String) -> String { TemporaryFolder.text(ofFile: "\(path)/\(name)") }

    private static func text(ofFile path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    deinit {
        for file in files { unlink(file) }
        rmdir(path)
    }
}
