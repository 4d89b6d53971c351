import QueueClient
import Subprocess
import Testing
import Wire
import ZeroMQ

/// The clients that people use today, unchanged, from the package index.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled("the Python packages can be installed") { await PythonEnvironment.shared.isAvailable() }
)
struct PythonClientTests {
    @Test func `the package bluesky-queueserver-api drives the manager`() async throws {
        let info = try freeAddress()
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-publish-console", "ON", "--zmq-info-addr", info]
        ) { manager async throws in
            let result = try await PythonEnvironment.shared.run("api_client.py", [manager.address, info])
            #expect(result.isSuccess, "\(result.output)")
        }
    }

    @Test func `the Python qserver drives the manager`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let address = manager.address
            func qserver(_ words: String...) async throws -> String {
                let result = try await PythonEnvironment.shared.runProgram(
                    "qserver",
                    ["--zmq-control-addr", address] + words
                )
                #expect(result.isSuccess, "\(words): \(result.output)")
                return result.output
            }
            #expect(try await qserver("status").contains("'manager_state': 'idle'"))
            _ = try await qserver("environment", "open")
            try await manager.client.waitForEnvironment()
            _ = try await qserver("queue", "add", "plan", "{'name': 'count', 'args': [['det1']], 'kwargs': {'num': 2}}")
            #expect(try await qserver("queue", "get").contains("'count'"))
            _ = try await qserver("queue", "start")
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 1 && $0.isIdle
            }
            #expect(try await qserver("history", "get").contains("'completed'"))
            _ = try await qserver("environment", "close")
        }
    }

    @Test(arguments: [
        ["count", #"[["det1", "det2"]]"#, #"{"num": 3}"#], ["scan", #"[["det1"], "motor1", -1, 1, 5]"#],
        ["list_scan", #"[["det1"], "motor1", [1, 2]]"#],
        ["grid_scan", #"[["det1"], "motor1", -1, 1, 3, "motor2", 0, 1, 2]"#, #"{"snake_axes": true}"#],
        ["count", #"[["sim_bundle_A", "rand", "ab_det"]]"#],
    ])
    func `the documents of re-run are valid for the package event-model`(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/documents.jsonl"
        let run = try await runProgram("re-run", arguments + ["--quiet", "--documents", file])
        #expect(run.status == .exited(0), "\(run.error)")
        let result = try await PythonEnvironment.shared.run("check_documents.py", [file])
        #expect(result.isSuccess, "\(result.output)")
    }
}
