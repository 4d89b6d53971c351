import FakeManager
import Testing
import Wire

@testable import QServerCommands

/// The command lines of bluesky-queueserver's manual, with the requests that its own tool makes of them.
@Suite struct ReferenceCommandTests {
    private static let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden/"

    @Test func `each command line of the original's manual makes the same request and ends with 0`() async throws {
        let cases = try TextFile.contents(of: ReferenceCommandTests.folder + "reference-commands.jsonl")
        let manager = try FakeManager()
        for line in cases.split(separator: "\n") {
            let expected = try JSONValue(parsing: String(line))
            let words = shellWords(try #require(expected["line"]?.string)).dropFirst().map {
                $0 == "FILE" ? ReferenceCommandTests.folder + "reference-file.yaml" : $0
            }
            let ending = await run(Array(words), manager: manager)
            #expect(ending.status == .success, "\(words): \(ending.errors)")
            let request = try #require(await manager.requests.first { $0.method == expected["method"]?.string })
            #expect(request.parameters == expected["params"], "\(words)")
            await manager.forgetRequests()
        }
        #expect(cases.split(separator: "\n").count > 90)
    }
}
