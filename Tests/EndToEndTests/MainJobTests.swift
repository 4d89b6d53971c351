import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

private let count = QueueItem.plan("count", [["det1", "det2"]], keywordArguments: ["num": 2])
private let longCount = QueueItem.plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.05])

@Suite(.timeLimit(.minutes(2))) struct MainJobTests {
    @Test func `a queue of plans runs to its end and the history tells how`() async throws {
        let exit = try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            for item in [
                count, .plan("scan", [["det1"], "motor1", -1, 1, 5]),
                .plan("list_scan", [["det1"], "motor1", [1, 2, 3]]),
                .plan(
                    "grid_scan",
                    [["det1"], "motor1", -1, 1, 2, "motor2", 0, 1, 3],
                    keywordArguments: ["snake_axes": true]
                ),
                .plan("mv", ["motor1", 0.5, "motor2", 1]),
            ] { try await client.queueItemAdd(item) }
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 5 && $0.isIdle }

            let history = try await client.historyGet()
            #expect(history.map(\.name) == ["count", "scan", "list_scan", "grid_scan", "mv"])
            let results = history.compactMap { $0.raw["result"] }
            #expect(results.allSatisfy { $0["exit_status"] == "completed" && $0["msg"] == "" })
            #expect(results.map { $0["run_uids"]?.array?.count } == [1, 1, 1, 1, 0])
            #expect(results[1]["scan_ids"] == [2])
        }
        #expect(exit == .exited(0))
    }

    @Test func `a plan that fails stops the queue and goes back to its front`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(.plan("count", [["no_such_device"]]))
            try await manager.client.queueItemAdd(count)
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 1 && $0.isIdle
            }
            let result = try await manager.client.historyGet()[0].raw["result"]
            #expect(result?["exit_status"] == "failed")
            #expect(result?["msg"]?.string?.contains("no_such_device") == true)
            #expect(try await manager.client.queueGet().items.count == 2)
        }
    }

    @Test(arguments: [
        ("re_resume", "completed"), ("re_stop", "stopped"), ("re_abort", "aborted"), ("re_halt", "halted"),
    ])
    func `a paused plan can be resumed, stopped, aborted and halted`(method: String, outcome: String) async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 80, "delay": 0.05])
            )
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            try await client.rePause(.immediate)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.isPaused }
            #expect(try await client.reRuns(.open).count == 1)
            #expect(try await client.request(method)["success"] == true)
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["items_in_history"] == 1 && $0.isIdle }
            let result = try await client.historyGet()[0].raw["result"]
            #expect(result?["exit_status"] == .string(outcome))
            #expect(result?["run_uids"]?.array?.count == 1)
        }
    }

    @Test func `the documents of each run are in a file of their own`() async throws {
        let folder = try TemporaryFolder()
        try await TestManager.run(state: TemporaryFolder(), options: ["--documents-dir", folder.path]) {
            manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(count)
            try await manager.client.queueItemAdd(.plan("sim_multirun_plan_nested", [2, 0.01]))
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 2 && $0.isIdle
            }
            let runs = try await manager.client.historyGet().flatMap {
                $0.raw["result"]?["run_uids"]?.array?.compactMap(\.string) ?? []
            }
            #expect(runs.count == 3)
            for run in runs {
                let lines = try documents("\(folder.path)/\(run).jsonl")
                #expect(lines.first?["name"] == "start" && lines.first?["doc"]?["uid"] == .string(run))
                #expect(lines.last?["name"] == "stop" && lines.last?["doc"]?["run_start"] == .string(run))
                #expect(lines.contains { $0["name"] == "event" })
            }
        }
    }

    /// The lines of a file of documents.
    private func documents(_ path: String) throws -> [JSONValue] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let size = fread(&bytes, 1, bytes.count, file)
        return try bytes[..<size].split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: $0) }
    }

    @Test func `queue, history and mode are there after a restart`() async throws {
        let state = try TemporaryFolder()
        var uids: [String?] = []
        let exit = try await TestManager.run(state: state) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(count)
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 1 && $0.isIdle
            }
            for _ in 0..<3 { uids.append(try await manager.client.queueItemAdd(count).uid) }
            _ = try await manager.client.request("queue_mode_set", ["mode": ["loop": true]])
        }
        #expect(exit == .exited(0))
        try await TestManager.run(state: state) { manager async throws in
            #expect(try await manager.client.queueGet().items.map(\.uid) == uids)
            #expect(try await manager.client.historyGet().map(\.name) == ["count"])
            #expect(try await manager.client.status().raw["plan_queue_mode"]?["loop"] == true)
        }
    }

    @Test func `what was acknowledged survives a kill of everything, and the lost plan is accounted for`() async throws
    {
        let state = try TemporaryFolder()
        try await TestManager.run(state: state) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(longCount)
            try await manager.client.queueItemAdd(count)
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            let processes = [manager.pid] + manager.children("re-manager") + manager.children("re-worker")
            #expect(processes.count == 3)
            for process in processes { kill(process, SIGKILL) }
        }
        try await TestManager.run(state: state) { manager async throws in
            #expect(try await manager.client.queueGet().items.map(\.name) == ["count"])
            let history = try await manager.client.historyGet()
            #expect(history.map { $0.raw["result"]?["exit_status"] } == ["unknown"])
            #expect(try await manager.client.status().raw["running_item_uid"] == .null)
        }
    }
}
