import Glibc
import QueueClient
import Subprocess
import Testing
import Wire

/// Kills the manager as soon as a reply has arrived: what was acknowledged must come true all the same.
@Suite(.timeLimit(.minutes(2))) struct AcknowledgedRequestTests {
    private static let rounds = 5
    private static let longPlan = QueueItem.plan(
        "count",
        [["det1"]],
        keywordArguments: ["num": 100_000, "delay": 0.01]
    )

    private func run(_ body: (TestManager) async throws -> Void) async throws {
        try await TestManager.run(
            state: TemporaryFolder(),
            options: ["--zmq-control-addr", freeAddress(), "--manager-restarts", "100"]
        ) { manager async throws in
            try await body(manager)
        }
    }

    /// Kills the manager and waits for what must become of the status.
    private func afterDeath(
        of manager: TestManager,
        _ condition: @escaping @Sendable (ManagerStatus) -> Bool
    ) async throws {
        for pid in manager.children("re-manager") { kill(pid, SIGKILL) }
        try await manager.client.waitForStatus(timeout: .seconds(30), until: condition)
    }

    @Test func `the environment opens and closes`() async throws {
        try await run { manager async throws in
            for _ in 0..<Self.rounds {
                try await manager.client.environmentOpen()
                try await afterDeath(of: manager) { $0.raw["worker_environment_state"] == "idle" }
                try await manager.client.environmentClose()
                try await afterDeath(of: manager) { $0.raw["worker_environment_state"] == "closed" }
            }
            try await manager.client.environmentOpen()
            try await manager.client.waitForStatus(timeout: .seconds(30)) {
                $0.raw["worker_environment_state"] == "idle"
            }
            try await manager.client.environmentDestroy()
            try await afterDeath(of: manager) { $0.raw["worker_environment_state"] == "closed" }
        }
    }

    @Test func `the queue starts, plans pause, go on and end`() async throws {
        try await run { manager async throws in
            let client = manager.client
            try await manager.openEnvironment()
            for round in 0..<Self.rounds {
                let item = try await client.queueItemAdd(Self.longPlan)
                try await client.queueStart()
                try await afterDeath(of: manager) {
                    $0.raw["re_state"] == "running" && $0.raw["running_item_uid"]?.string == item.uid
                }
                try await client.rePause(.immediate)
                try await afterDeath(of: manager) { $0.managerState == "paused" }
                try await client.reResume()
                try await afterDeath(of: manager) { $0.raw["re_state"] == "running" }
                try await client.rePause()
                try await afterDeath(of: manager) { $0.managerState == "paused" }
                try await client.reStop()
                try await afterDeath(of: manager) { $0.isIdle && $0.raw["items_in_history"] == .integer(round + 1) }
            }
            let history = try await client.historyGet()
            #expect(history.map { $0.raw["result"]?["exit_status"] } == Array(repeating: "stopped", count: Self.rounds))
        }
    }

    @Test func `an item that is executed at once runs`() async throws {
        try await run { manager async throws in
            try await manager.openEnvironment()
            for round in 0..<Self.rounds {
                try await manager.client.queueItemExecute(.plan("count", [["det1"]]))
                try await afterDeath(of: manager) { $0.isIdle && $0.raw["items_in_history"] == .integer(round + 1) }
            }
        }
    }

    @Test func `the manager stops`() async throws {
        let end = try await TestManager.run(state: TemporaryFolder(), endsByItself: true) { manager async throws in
            try await manager.client.managerStop()
            for pid in manager.children("re-manager") { kill(pid, SIGKILL) }
        }
        // 0 if it was quicker than the signal.
        #expect(end == .exited(1) || end == .exited(0))
    }
}
