import FakeManager
import Files
import Testing
import Wire

@testable import QServerCommands

/// The command lines of bluesky-queueserver's manual, with the requests that its own tool makes of them.
@Suite struct ReferenceCommandTests {
    private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden/"

    /// The words of a recorded command line, without the program's name.
    private func words(of recorded: JSONValue) throws -> [String] {
        shellWords(try #require(recorded["line"]?.string)).dropFirst().map {
            $0 == "FILE" ? ReferenceCommandTests.folder + "reference-file.yaml" : $0
        }
    }

    @Test func `each command line of the original's manual makes the same request and ends with 0`() async throws {
        let cases = try WholeFile.text(of: ReferenceCommandTests.folder + "reference-commands.jsonl")
        let manager = try FakeManager()
        for line in cases.split(separator: "\n") {
            let expected = try JSONValue(parsing: String(line))
            let words = try words(of: expected)
            let ending = await run(words, manager: manager)
            #expect(ending.status == .success, "\(words): \(ending.errors)")
            let request = try #require(await manager.requests.first { $0.method == expected["method"]?.string })
            #expect(request.parameters == expected["params"], "\(words)")
            await manager.forgetRequests()
        }
        #expect(cases.split(separator: "\n").count > 90)
    }

    @Test func `each command line that the original finds wrong ends with its exit code, and nothing is sent`()
        async throws
    {
        let cases = try WholeFile.text(of: ReferenceCommandTests.folder + "reference-wrong-commands.jsonl")
        let manager = try FakeManager { request in
            // What a plan in words is checked with.
            request.method == "plans_allowed"
                ? ["success": true, "plans_allowed": ["count": [:]]] : ["success": true, "devices_allowed": [:]]
        }
        let questions: Set<String> = ["plans_allowed", "devices_allowed", "devices_existing"]
        for line in cases.split(separator: "\n") {
            let expected = try JSONValue(parsing: String(line))
            let words = try words(of: expected)
            let ending = await run(words, manager: manager)
            #expect(Int(ending.status.rawValue) == expected["status"]?.integer, "\(words): \(ending.errors)")
            #expect(await manager.requests.allSatisfy { questions.contains($0.method) }, "\(words)")
            await manager.forgetRequests()
        }
        #expect(cases.split(separator: "\n").count > 90)
    }
}
