import Glibc
import QueueClient
import RedisTestSupport
import Subprocess
import Testing
import Wire

@Suite(.timeLimit(.minutes(3))) struct StoreProgramTests {
    private let item: JSONValue = [
        "item": ["item_type": "plan", "name": "count", "args": [["det1"]]], "user": "u", "user_group": "primary",
    ]

    @Test func `a queue goes to Redis and back with qserver-migrate, which refuses what would do harm`() async throws {
        let server = try RedisServer()
        let (state, other) = (try TemporaryFolder(), try TemporaryFolder())
        func migrate(_ direction: String, _ folder: TemporaryFolder, _ options: String...) async throws -> (Int, String)
        {
            let result = try await runProgram(
                "qserver-migrate",
                [direction, "--redis-addr", server.address, "--state-dir", folder.path] + options
            )
            return (result.status == .exited(0) ? 0 : 1, result.output + result.error)
        }
        try await TestManager.run(state: state) { manager async throws in
            let client = try RawClient(address: manager.address)
            for _ in 0..<3 { _ = try await client.ask(["method": "queue_item_add", "params": item]) }
            let (code, text) = try await migrate("sqlite-to-redis", state)
            #expect(code == 1 && text.contains("is in use by the manager"), "\(text)")
        }
        var (code, text) = try await migrate("sqlite-to-redis", state, "--dry-run")
        #expect(code == 0 && text.contains("3 items") && text.contains("nothing was written"), "\(text)")
        (code, text) = try await migrate("redis-to-sqlite", other, "--dry-run")
        #expect(code == 0 && text.contains("0 items") && access(other.path + "/queue.sqlite", F_OK) != 0, "\(text)")
        (code, text) = try await migrate("sqlite-to-redis", state)
        let target = text.split(separator: "Copied. The target has now\n", maxSplits: 1).last ?? ""
        #expect(code == 0 && target.contains("3 items"), "\(text)")
        (code, text) = try await migrate("sqlite-to-redis", state)
        #expect(code == 1 && text.contains("--replace"), "\(text)")

        try await TestManager.run(state: other, options: ["--redis-addr", server.address]) { manager async throws in
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 3)
            _ = try await client.ask(["method": "queue_item_remove"])
            let (code, text) = try await migrate("sqlite-to-redis", state, "--replace")
            #expect(code == 1 && text.contains("A manager uses Redis at"), "\(text)")
        }
        (code, text) = try await migrate("redis-to-sqlite", state, "--replace")
        #expect(code == 0, "\(text)")
        try await TestManager.run(state: state) { manager async throws in
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 2)
        }
    }

    @Test func `a backup of a running manager is restored when it has stopped`() async throws {
        let (state, place) = (try TemporaryFolder(), try TemporaryFolder())
        let backup = place.path + "/backup.sqlite"
        try await TestManager.run(state: state) { manager async throws in
            let client = try RawClient(address: manager.address)
            _ = try await client.ask(["method": "queue_item_add", "params": item])
            let made = try await runProgram("qserver-backup", ["create", backup, "--state-dir", state.path])
            #expect(made.status == .exited(0), "\(made.error)")
            _ = try await client.ask(["method": "queue_clear"])
            let refused = try await runProgram("qserver-backup", ["restore", backup, "--state-dir", state.path])
            #expect(refused.status == .exited(1) && refused.error.contains("is in use by the manager"))
        }
        let restored = try await runProgram("qserver-backup", ["restore", backup, "--state-dir", state.path])
        #expect(restored.status == .exited(0) && restored.output.contains("1 items"), "\(restored.error)")
        try await TestManager.run(state: state) { manager async throws in
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 1)
        }
    }

    @Test func `a file that is no backup is refused as such, and the queue stays`() async throws {
        let (state, place) = (try TemporaryFolder(), try TemporaryFolder())
        try await TestManager.run(state: state) { manager async throws in
            try await manager.client.queueItemAdd(.queueStop)
        }
        let text = place.path + "/notes.txt"
        let file = try #require(fopen(text, "w"))
        fputs(String(repeating: "This is no database.\n", count: 100), file)
        fclose(file)
        for path in [text, state.path + "/re_metadata.json", "/dev/null", place.path] {
            let result = try await runProgram("qserver-backup", ["restore", path, "--state-dir", state.path])
            #expect(result.status == .exited(1))
            #expect(result.error.contains("'\(path)'"), "\(result.error)")
            #expect(!result.error.contains("SELECT") && !result.error.contains(".part"), "\(result.error)")
        }
        try await TestManager.run(state: state) { manager async throws in
            #expect(try await manager.client.status().itemsInQueue == 1)
        }
    }

    @Test func `a store that cannot be written refuses changes, and takes them when it can be written again`()
        async throws
    {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            let client = try RawClient(address: manager.address)
            _ = try await client.ask(["method": "queue_item_add", "params": item])
            let pid = try #require(manager.children("re-manager").first)
            func limitFiles(to size: String) async throws {
                let result = try await Subprocess.run(
                    .name("prlimit"),
                    arguments: ["--pid", "\(pid)", "--fsize=\(size):"],
                    output: .discarded
                )
                #expect(result.terminationStatus == .exited(0))
            }
            try await limitFiles(to: "1")
            for _ in 0..<3 {
                let refused = try await client.ask(["method": "queue_item_add", "params": item])
                #expect(refused["success"] == false)
                #expect(refused["msg"]?.string?.contains("Cannot write the queue store") == true, "\(refused)")
            }
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 1)
            try await limitFiles(to: "unlimited")
            #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == true)
            #expect(try await client.ask(["method": "status"])["items_in_queue"] == 2)
        }
    }
}
