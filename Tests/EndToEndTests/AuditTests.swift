import Glibc
import QueueClient
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct AuditTests {
    @Test func `who asked for what is on record, with what came of it`() async throws {
        try await TestManager.run(state: TemporaryFolder(), configure: { $0.user = "Ada" }) { manager async throws in
            let client = manager.client
            let item = try await client.queueItemAdd(.plan("count", [["det1"]]))
            let uid = try #require(item.uid)
            _ = try await client.queueGet()
            await #expect(throws: QueueClientError.self) { try await client.queueItemAdd(.plan("no_such_plan")) }
            await #expect(throws: QueueClientError.self) { try await client.queueStart() }
            try await manager.openEnvironment()
            try await client.queueItemRemove(.uid(uid))
            let entries = try await client.auditGet()
            #expect(
                entries.map(\.method) == [
                    "queue_item_add", "queue_item_add", "queue_start", "environment_open", "queue_item_remove",
                ]
            )
            #expect(entries.map(\.success) == [true, false, false, true, true])
            #expect(entries.map(\.itemUIDs) == [[uid], [], [], [], [uid]])
            #expect(entries.map(\.names) == [["count"], ["no_such_plan"], [], [], ["count"]])
            #expect(entries[0].user == "Ada" && entries[0].address == "127.0.0.1")
            #expect(entries[1].message.contains("not in the list of allowed plans"))
            #expect(entries[2].message == "RE Worker environment does not exist.")

            var filter = AuditFilter()
            filter.method = "queue_item_add"
            filter.limit = 1
            #expect(try await client.auditGet(filter).map(\.success) == [false])
            filter.user = "Bob"
            #expect(try await client.auditGet(filter).isEmpty)
        }
    }

    @Test func `the record survives the manager's death and a new start`() async throws {
        let state = try TemporaryFolder()
        try await TestManager.run(state: state) { manager async throws in
            try await manager.client.queueItemAdd(.plan("count", [["det1"]]))
            await #expect(throws: QueueClientError.self) { try await manager.client.queueStart() }
            // The refusal is written by the time the next request is answered.
            _ = try await manager.client.ping()
            kill(manager.pid, SIGKILL)
        }
        try await TestManager.run(state: state) { manager async throws in
            let entries = try await manager.client.auditGet()
            #expect(entries.map(\.method) == ["queue_item_add", "queue_start"])
        }
    }

    @Test func `a wrong filter is refused`() async throws {
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            for (parameters, text) in [
                (["since": "yesterday"], "'since' must be a time"), (["user": 5], "'user' must be a string"),
                (["limit": 0], "'limit' must be an integer from 1 to 10000"), (["x": 1], "unsupported parameters"),
            ] as [(JSONObject, String)] {
                let reply = try await manager.client.request("audit_get", parameters)
                #expect(reply["success"] == false && reply["entries"] == [])
                #expect(reply["msg"]?.string?.contains(text) == true, "\(reply)")
            }
        }
    }
}
