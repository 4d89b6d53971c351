import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct ManagerDeathTests {
    @Test func `a supervisor whose managers keep ending gives up and leaves the worker to the next one`() async throws {
        let state = try TemporaryFolder()
        var worker: Int32?
        var lines: [String] = []
        let end = try await TestManager.run(
            state: state,
            options: ["--zmq-control-addr", freeAddress(), "--manager-restarts", "1"],
            endsByItself: true,
            onLine: { lines.append($0) }
        ) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 30, "delay": 0.1])
            )
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            worker = manager.children("re-worker").first
            for _ in 0..<2 {
                let pid = try #require(manager.children("re-manager").first)
                kill(pid, SIGKILL)
                try await TestManager.waitForEnd(of: pid)
                while TestManager.isRunning(manager.pid), manager.children("re-manager").isEmpty {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
        #expect(end == .exited(1))
        #expect(lines.contains { $0.contains("has ended 2 times within 60 s") && $0.contains("signal 9 (SIGKILL)") })
        #expect(lines.contains { $0.contains("The worker (process id \(worker ?? 0)) goes on without a manager") })
        #expect(TestManager.isRunning(try #require(worker)))
        try await TestManager.run(state: state) { manager async throws in
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 1 && $0.isIdle
            }
            #expect(try await manager.client.historyGet()[0].raw["result"]?["exit_status"] == "completed")
        }
    }

    @Test func `a damaged store is said so, with its file, and nothing is started`() async throws {
        let state = try TemporaryFolder()
        let path = state.path + "/queue.sqlite"
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "This is no database. ", count: 500), file)
        fclose(file)
        let result = try await runProgram(
            "start-re-manager",
            ["--zmq-control-addr", "tcp://127.0.0.1:*", "--state-dir", state.path]
        )
        #expect(result.status == .exited(78))
        #expect(result.error.contains(path))
    }
}
