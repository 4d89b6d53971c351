import Glibc
import QueueClient
import Subprocess
import SystemPackage
import Testing
import Wire

/// Runs the examples of docs/cli.md one after the other against a manager with the simulated profile. After a wanted
/// change, run the test with `RECORD_GOLDEN=1` in the environment, which writes what is printed now into the
/// text, and look at the difference.
@Suite struct CommandLineGuideTests {
    private static let guide = repositoryFolder + "/docs/cli.md"

    @Test func `the examples of the command-line guide print what it shows`() async throws {
        var examples = GuideExamples(try readText(of: Self.guide), section: "## qserver")
        #expect(examples.examples.count > 40)
        let folder = try TemporaryFolder()
        try writeText(
            "devices:\n  stage_y: {class: SynAxis, parameters: {velocity: 2}}\n",
            to: folder.path + "/stage.yaml"
        )
        var changed: [(GuideExamples.Example, String)] = []
        try await TestManager.run(state: try TemporaryFolder(), endsByItself: true) { manager in
            var status: Int32 = 0
            for example in examples.examples {
                let result = try await shell("(exit \(status)); \(example.command)", in: folder, manager)
                status = result.status
                if !GuideOutput.matches(result.output, example.output) { changed.append((example, result.output)) }
                try await settle(manager)
            }
        }
        if getenv("RECORD_GOLDEN") != nil {
            for (example, output) in changed.reversed() {
                let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                examples.replaceOutput(of: example, with: lines.last == "" ? lines.dropLast() : lines)
            }
            try writeText(examples.lines.joined(separator: "\n"), to: Self.guide)
        } else {
            for (example, output) in changed {
                Issue.record("$ \(example.command)\n\(output)\ninstead of\n\(example.output.joined(separator: "\n"))")
            }
        }
    }

    private func shell(
        _ line: String,
        in folder: TemporaryFolder,
        _ manager: TestManager
    ) async throws -> (status: Int32, output: String) {
        let variables: [Environment.Key: String] = [
            "PATH": program("") + ":/usr/bin:/bin", "QSERVER_ZMQ_CONTROL_ADDRESS": manager.address,
            "QSERVER_ZMQ_INFO_ADDRESS": "tcp://127.0.0.1:9", "COLUMNS": "100", "HOME": folder.path,
        ]
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", "exec 2>&1; \(line)"],
            environment: .custom(variables),
            workingDirectory: FilePath(folder.path),
            output: .string(limit: 1 << 20)
        )
        guard case .exited(let code) = result.terminationStatus else { return (255, result.standardOutput) }
        return (code, result.standardOutput)
    }

    /// Waits for what the last command has started but not waited for, so that the next one finds one state.
    private func settle(_ manager: TestManager) async throws {
        do {
            try await manager.client.waitForStatus(timeout: .seconds(60)) {
                $0.managerState != "starting_queue"
                    && ($0.managerState != "executing_queue" || $0.runEngineState == "running")
            }
        } catch {
            // The last example stops the manager.
        }
    }
}

/// The folder of the sources.
let repositoryFolder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

/// The text of a file.
func readText(of path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw NoFile(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// Writes a file.
func writeText(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw NoFile(path: path) }
    fputs(text, file)
    fclose(file)
}

struct NoFile: Error {
    let path: String
}
