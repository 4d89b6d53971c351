import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct WorkerDeathTests {
    @Test func `a killed worker is noticed, its item accounted for, and the environment can be opened again`()
        async throws
    {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            let item = try await client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.05])
            )
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            let worker = try #require(manager.children("re-worker").first)
            kill(worker, SIGKILL)
            let status = try await client.waitForStatus(timeout: .seconds(30)) { !$0.raw.environmentExists }
            #expect(status.raw["manager_state"] == "idle")
            #expect(status.raw["running_item_uid"] == .null)

            let history = try await client.historyGet()
            #expect(history.map(\.uid) == [item.uid])
            let result = history[0].raw["result"]
            #expect(result?["exit_status"] == "failed")
            #expect(result?["msg"]?.string?.contains("killed by signal 9") == true)
            #expect(result?["run_uids"]?.array?.count == 1)
            #expect(try await client.queueGet().items.count == 1)

            try await manager.openEnvironment()
            #expect(manager.children("re-worker") != [worker])
        }
    }

    @Test func `a plan whose whole process group was killed is recorded as lost`() async throws {
        let state = try TemporaryFolder()
        var worker: Int32 = 0
        try await TestManager.run(state: state, endsByItself: true) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.queueItemAdd(
                .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.05])
            )
            try await manager.client.queueStart()
            try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            worker = try #require(manager.children("re-worker").first)
            #expect(getpgid(worker) == manager.pid)
            kill(-manager.pid, SIGKILL)
        }
        try await TestManager.waitForEnd(of: worker)
        try await TestManager.run(state: state) { manager async throws in
            #expect(try await manager.client.status().raw["worker_environment_exists"] == false)
            #expect(try await manager.client.historyGet().map { $0.raw["result"]?["exit_status"] } == ["unknown"])
        }
    }

    @Test func `a destroyed environment can be opened again`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            try await manager.openEnvironment()
            try await manager.client.environmentDestroy()
            try await manager.client.waitForEnvironmentClosed()
            try await manager.openEnvironment()
            try await manager.client.environmentClose()
            try await manager.client.waitForEnvironmentClosed()
            #expect(manager.children("re-worker").isEmpty)
        }
    }

    @Test func `a manager that is killed under a running plan is replaced and the plan goes on`() async throws {
        try await TestManager.run(state: TemporaryFolder(), options: ["--zmq-control-addr", freeAddress()]) {
            manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            try await client.queueItemAdd(.plan("count", [["det1"]], keywordArguments: ["num": 20, "delay": 0.1]))
            try await client.queueStart()
            try await client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
            kill(try #require(manager.children("re-manager").first), SIGKILL)
            try await client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["items_in_history"] == 1 && $0.isIdle
            }
            let result = try await client.historyGet()[0].raw["result"]
            #expect(result?["exit_status"] == "completed")
            #expect(try await client.status().raw.environmentExists)
        }
    }
}

extension JSONObject {
    fileprivate var environmentExists: Bool { self["worker_environment_exists"] == true }
}
