import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

private let tenSeconds = QueueItem.plan("count", [["det1"]], keywordArguments: ["num": 100, "delay": 0.1])
private let threeSeconds = QueueItem.plan("count", [["det1"]], keywordArguments: ["num": 30, "delay": 0.1])

@Suite(.timeLimit(.minutes(2))) struct AdoptionTests {
    /// Starts a manager, lets it come to a state, and kills its supervisor. Returns the worker, which lives on.
    private func leaveWorker(
        _ state: TemporaryFolder,
        options: [String] = [],
        _ body: (TestManager) async throws -> Void
    ) async throws -> Int32 {
        var worker: Int32?
        let end = try await TestManager.run(state: state, options: options, endsByItself: true) {
            manager async throws in
            try await manager.openEnvironment()
            try await body(manager)
            worker = manager.children("re-worker").first
            kill(manager.pid, SIGKILL)
        }
        #expect(end == .signaled(SIGKILL))
        return try #require(worker)
    }

    private func start(_ item: QueueItem, _ manager: TestManager) async throws {
        try await manager.client.queueItemAdd(item)
        try await manager.client.queueItemAdd(.plan("count", [["det2"]]))
        try await manager.client.queueStart()
        try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
    }

    @Test func `the next supervisor adopts a worker with its running plan, and the queue goes on`() async throws {
        let state = try TemporaryFolder()
        let worker = try await leaveWorker(state) { try await start(threeSeconds, $0) }
        try await TestManager.run(state: state) { manager async throws in
            let client = manager.client
            try await client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 2 && $0.isIdle
            }
            let results = try await client.historyGet().compactMap { $0.raw["result"] }
            #expect(results.map { $0["exit_status"] } == ["completed", "completed"])
            #expect(results.map { $0["scan_ids"] } == [[1], [2]])
            #expect(manager.children("re-worker").isEmpty)
            #expect(TestManager.isRunning(worker))
        }
        #expect(!TestManager.isRunning(worker))
    }

    @Test func `a paused plan is still paused after the adoption`() async throws {
        let state = try TemporaryFolder()
        _ = try await leaveWorker(state) { manager async throws in
            try await start(tenSeconds, manager)
            try await manager.client.rePause(.immediate)
            try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
        }
        try await TestManager.run(state: state) { manager async throws in
            let client = manager.client
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
            try await client.reAbort()
            try await client.waitForIdle(timeout: .seconds(30))
            let result = try await client.historyGet()[0].raw["result"]
            #expect(result?["exit_status"] == "aborted")
        }
    }

    @Test func `an adopted worker that is killed is noticed, and how it ended is told`() async throws {
        let state = try TemporaryFolder()
        let worker = try await leaveWorker(state) { try await start(tenSeconds, $0) }
        try await TestManager.run(state: state) { manager async throws in
            let client = manager.client
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            kill(worker, SIGKILL)
            let status = try await client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["worker_environment_exists"] == false
            }
            #expect(status.raw["manager_state"] == "idle")
            let result = try await client.historyGet()[0].raw["result"]
            #expect(result?["exit_status"] == "failed")
            #expect(result?["msg"]?.string?.contains("signal 9") == true)
            try await manager.openEnvironment()
        }
    }

    @Test func `the programs that an adopted worker has started end with it`() async throws {
        let (state, folder) = (try TemporaryFolder(), try TemporaryFolder())
        let file = folder.path + "/pid"
        let worker = try await leaveWorker(state) { manager async throws in
            let script = """
                functions:
                  - {name: func_for_test_program, command: [sh, -c, 'echo $$ > \(file).new; mv \(file).new \(file); exec sleep 100']}
                """
            let task = try await manager.client.scriptUpload(script)
            _ = try await manager.client.waitForTask(task)
            try await manager.client.functionExecute(.function("func_for_test_program"), inBackground: true)
            while access(file, F_OK) != 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
        let program = try #require(Int32(folder.text(of: "pid").prefix { $0.isNumber }))
        #expect(TestManager.isRunning(program))
        try await TestManager.run(state: state) { manager async throws in
            kill(worker, SIGKILL)
            try await manager.client.waitForEnvironmentClosed()
            try await TestManager.waitForEnd(of: program)
        }
    }

    @Test func `an adopted environment closes like any other`() async throws {
        let state = try TemporaryFolder()
        let worker = try await leaveWorker(state) { _ in }
        try await TestManager.run(state: state) { manager async throws in
            try await manager.client.waitForEnvironment()
            try await manager.client.environmentClose()
            try await manager.client.waitForEnvironmentClosed()
            #expect(!TestManager.isRunning(worker))
        }
    }

    @Test func `a worker that nobody adopts in time ends, and its plan is recorded as lost`() async throws {
        let state = try TemporaryFolder()
        let worker = try await leaveWorker(state, options: ["--adoption-wait", "1"]) { manager async throws in
            try await start(tenSeconds, manager)
            try await manager.client.rePause(.immediate)
            try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["manager_state"] == "paused" }
        }
        try await TestManager.waitForEnd(of: worker)
        try await TestManager.run(state: state) { manager async throws in
            #expect(try await manager.client.historyGet()[0].raw["result"]?["exit_status"] == "unknown")
            #expect(try await manager.client.status().raw["worker_environment_exists"] == false)
        }
    }

    @Test func `what the worker printed while there was no manager is printed by the next one`() async throws {
        let (state, documents) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try await leaveWorker(state, options: ["--documents-dir", documents.path]) {
            try await start(threeSeconds, $0)
        }
        for _ in 0..<3_000 where !documents.holdsText("exit_status") {
            try await Task.sleep(for: .milliseconds(10))
        }
        var lines: [String] = []
        try await TestManager.run(state: state, onLine: { lines.append($0) }) { manager async throws in
            try await manager.client.waitForIdle(timeout: .seconds(30))
            var text = ""
            for _ in 0..<3_000 where !text.contains("|        30 |") {
                try await Task.sleep(for: .milliseconds(10))
                text = try await manager.client.request("console_output", ["nlines": 1_000])["text"]?.string ?? ""
            }
        }
        #expect(lines.contains { $0.hasPrefix("|        30 |") })
    }
}
