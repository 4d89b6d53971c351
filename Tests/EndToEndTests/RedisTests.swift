import Glibc
import QueueClient
import RedisTestSupport
import Subprocess
import Testing
import Wire

@Suite(.timeLimit(.minutes(3))) struct RedisTests {
    private func plan(_ name: String, _ arguments: JSONObject) -> JSONValue {
        ["item_type": "plan", "name": .string(name), "kwargs": .object(arguments)]
    }

    @Test func `a manager on Redis carries on with what another one left there`() async throws {
        let server = try RedisServer()
        let options = ["--redis-addr", server.address, "--redis-name-prefix", "e2e"]
        let count = plan("count", ["detectors": ["det1"]])
        try await TestManager.run(state: TemporaryFolder(), options: options) { manager async throws in
            let client = try RawClient(address: manager.address)
            for _ in 0..<2 {
                let item: JSONValue = ["item": count, "user": "u", "user_group": "primary"]
                #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == true)
            }
            try await manager.openEnvironment()
            try await client.start("queue_start")
            try await client.wait { $0["items_in_history"] == 2 }
            let item: JSONValue = ["item": count, "user": "u", "user_group": "primary"]
            #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == true)
        }
        // Another state directory: everything is in Redis.
        try await TestManager.run(state: TemporaryFolder(), options: options) { manager async throws in
            let client = try RawClient(address: manager.address)
            let status = try await client.ask(["method": "status"])
            #expect(status["items_in_queue"] == 1)
            #expect(status["items_in_history"] == 2)
        }
    }

    @Test func `while Redis is away changes are refused, a plan's result is kept, and all goes on when it is back`()
        async throws
    {
        let server = try RedisServer()
        let options = ["--redis-addr", server.address]
        try await TestManager.run(state: TemporaryFolder(), options: options) { manager async throws in
            let client = try RawClient(address: manager.address)
            try await manager.openEnvironment()
            let item: JSONValue = [
                "item": plan("count", ["detectors": ["det1"], "num": 2, "delay": 1]), "user": "u",
                "user_group": "primary",
            ]
            #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == true)
            try await client.start("queue_start")
            try await client.wait { $0["manager_state"] == "executing_queue" }
            server.end()

            let refused = try await client.ask(["method": "queue_item_add", "params": item])
            #expect(refused["success"] == false)
            #expect(refused["msg"]?.string?.contains("so nothing has changed: Redis at unix://") == true, "\(refused)")
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 0)
            #expect(try await client.ask(["method": "history_get"])["success"] == true)
            // The plan ends now; the manager still calls it running, because its end is not stored yet.
            try await client.wait { $0["re_state"] == "idle" }
            #expect(try await client.ask(["method": "status"])["items_in_history"] == 0)

            try server.start()
            try await client.wait { $0["items_in_history"] == 1 && $0["manager_state"] == "idle" }
            #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == true)
        }
    }

    @Test func `a Redis server that cannot be reached ends the start with its address`() async throws {
        let state = try TemporaryFolder()
        let result = try await runProgram(
            "start-re-manager",
            [
                "--zmq-control-addr", "tcp://127.0.0.1:*", "--redis-addr", ":secret@127.0.0.1:1", "--state-dir",
                state.path,
            ]
        )
        #expect(result.status == .exited(78))
        #expect(result.error.contains("Redis at 127.0.0.1:1 cannot be used: Connection refused"), "\(result.error)")
        #expect(!result.output.contains("secret") && !result.error.contains("secret"))
    }
}

extension RawClient {
    fileprivate func start(_ method: String) async throws {
        let reply = try await ask(["method": .string(method)])
        #expect(reply["success"] == true, "\(reply)")
    }

    /// Asks for the status until it is as it should be.
    fileprivate func wait(_ condition: (JSONValue) -> Bool) async throws {
        while !condition(try await ask(["method": "status"])) { try await Task.sleep(for: .milliseconds(20)) }
    }
}
