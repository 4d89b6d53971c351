import Glibc
import QueueClient
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct HungProcessTests {
    private func startLongPlan(_ manager: TestManager) async throws -> Int32 {
        try await manager.openEnvironment()
        try await manager.client.queueItemAdd(
            .plan("count", [["det1"]], keywordArguments: ["num": 1000, "delay": 0.05])
        )
        try await manager.client.queueStart()
        try await manager.client.waitForStatus(timeout: .seconds(30)) { $0.raw["re_state"] == "running" }
        return try #require(manager.children("re-worker").first)
    }

    @Test func `a worker that is stopped is shown as such, and goes on when it is continued`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let worker = try await startLongPlan(manager)
            kill(worker, SIGSTOP)
            let status = try await manager.client.waitForStatus(timeout: .seconds(60)) {
                $0.raw["worker_environment_state"] == "unresponsive"
            }
            #expect(status.raw["manager_state"] == "executing_queue")
            kill(worker, SIGCONT)
            try await manager.client.waitForStatus(timeout: .seconds(60)) {
                $0.raw["worker_environment_state"] == "executing_plan"
            }
        }
    }

    @Test func `a stopped worker is ended by destroying the environment, also by a new manager`() async throws {
        try await TestManager.run(state: TemporaryFolder(), options: ["--zmq-control-addr", freeAddress()]) {
            manager async throws in
            let worker = try await startLongPlan(manager)
            kill(worker, SIGSTOP)
            kill(try #require(manager.children("re-manager").first), SIGKILL)
            try await manager.client.waitForStatus(timeout: .seconds(60)) {
                $0.raw["worker_environment_state"] == "unresponsive"
            }
            try await manager.client.environmentDestroy()
            try await manager.client.waitForEnvironmentClosed()
            #expect(!TestManager.isRunning(worker))
            #expect(try await manager.client.historyGet().map { $0.raw["result"]?["exit_status"] } == ["failed"])
            try await manager.openEnvironment()
        }
    }

    @Test func `a manager that is stopped is replaced, and the plan goes on`() async throws {
        try await TestManager.run(state: TemporaryFolder(), options: ["--zmq-control-addr", freeAddress()]) {
            manager async throws in
            let worker = try await startLongPlan(manager)
            let frozen = try #require(manager.children("re-manager").first)
            kill(frozen, SIGSTOP)
            try await TestManager.waitForEnd(of: frozen)
            let status = try await manager.client.waitForStatus(timeout: .seconds(60)) { _ in true }
            #expect(status.raw["manager_state"] == "executing_queue")
            #expect(manager.children("re-worker") == [worker])
        }
    }

    @Test func `a new manager never says that nothing runs while a plan does`() async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-control-addr", freeAddress(), "--manager-restarts", "100"]
        ) { manager async throws in
            _ = try await startLongPlan(manager)
            for _ in 0..<10 {
                let old = try #require(manager.children("re-manager").first)
                kill(old, SIGKILL)
                try await TestManager.waitForEnd(of: old)
                let status = try await manager.client.waitForStatus(timeout: .seconds(60)) { _ in true }
                #expect(status.raw["manager_state"] == "executing_queue")
            }
        }
    }
}
