import Glibc
import Subprocess
import Testing

@Suite(.timeLimit(.minutes(2))) struct RERunTests {
    @Test func `re-run shows the table of a plan`() async throws {
        let result = try await runProgram("re-run", ["scan", #"[["det1"], "motor1", -1, 1, 3]"#])
        #expect(result.status == .exited(0))
        #expect(result.output.contains("|         2 |"))
        #expect(result.output.contains("motor1"))
    }

    @Test func `the metadata of the profile are in the runs`() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/documents.jsonl"
        let result = try await runProgram("re-run", ["count", #"[["det1"]]"#, "--documents", file])
        #expect(result.status == .exited(0))
        let documents = try #require(fopen(file, "r"))
        defer { fclose(documents) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, documents)
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        #expect(text.contains(#""metadata_key": "metadata_value""#), "\(text)")
    }

    @Test func `streams are declared before the first event where people want that`() async throws {
        let arguments = ["scan", #"[["det1"], "motor1", -1, 1, 3]"#, "--dry-run"]
        let usual = try await runProgram("re-run", arguments)
        #expect(!usual.output.contains("declare_stream"))
        let declared = try await runProgram("re-run", arguments, variables: ["BLUESKY_PREDECLARE": "1"])
        #expect(declared.output.contains(#"declare_stream "det1" "motor1" name="primary""#), "\(declared.output)")
    }

    @Test func `a plan that asks where nobody can answer fails`() async throws {
        let result = try await runProgram("re-run", ["tweak", #"["det1", "det1", "motor1", 0.5]"#])
        #expect(result.status == .exited(1))
        #expect(result.error.contains("nobody can answer"), "\(result)")
    }

    @Test func `another worker runs the plan in the same way`() async throws {
        let worker = program("re-worker")
        let arguments = ["--worker-executable", worker, "count", #"[["det1"]]"#, #"{"num": 2}"#]
        let result = try await runProgram("re-run", arguments)
        #expect(result.status == .exited(0))
        #expect(result.output.contains("|         2 |"), "\(result)")
        let rehearsed = try await runProgram("re-run", arguments + ["--dry-run"])
        #expect(rehearsed.output.contains("1 run, 2 events"), "\(rehearsed)")
        let refused = try await runProgram("re-run", ["--worker-executable", worker, "no_such_plan"])
        #expect(refused.status == .exited(1))
        #expect(refused.error.hasPrefix("re-worker: "), "\(refused)")
        let missing = try await runProgram("re-run", ["--worker-executable", "/no/worker", "count"])
        #expect(missing.status == .exited(1))
        #expect(missing.error.contains("The worker '/no/worker' cannot be started: No such file"), "\(missing)")
    }

    @Test(arguments: [
        (["no_such_plan"], 1, "There is no plan 'no_such_plan' in the profile."),
        (["cuont"], 1, "There is no plan 'cuont' in the profile. Did you mean 'count'?"),
        (["count", #"[["no_such_device"]]"#], 1, "no_such_device"),
        (["mv", #"["motr1", 1]"#], 1, "it is 'motr1'. Did you mean 'motor1'?"),
        (["count", "[["], 64, "no JSON"),
        (["scan", #"[["det1"], "motor1", -1, 1]"#], 1, "num"),
    ])
    func `re-run says what is wrong`(arguments: [String], code: Int32, text: String) async throws {
        let result = try await runProgram("re-run", arguments)
        #expect(result.status == .exited(code))
        #expect(result.error.contains(text), "\(result.error)")
    }
}
