import Glibc
import QueueStore
import RedisTestSupport
import Testing
import Wire

private func item(_ name: String) -> QueueItem {
    QueueItem(uid: "uid-" + name, members: ["name": .string(name), "item_type": "plan"])
}

/// A store with something of everything in it.
private func fill(_ store: any QueueStore) throws {
    try store.commit(
        PlanQueue().inserting([item("a"), item("b")], at: 0) + [
            .record(item("x")), .record(item("y")), .record(item("x")), .set(.queueMode, ["loop": true]),
            .set(.runningItem, .object(item("r").members)), .set(.autostart, true), .set(.stopPending, false),
            .set(.lock, ["environment": true, "queue": false]), .set(.permissions, ["user_groups": [:]]),
        ],
        to: PlanQueue()
    )
}

@Suite(.timeLimit(.minutes(1))) struct StoreCopyTests {
    @Test func `a copy in Redis and back is the same`() throws {
        let folder = try TemporaryFolder()
        let server = try RedisServer()
        let original = try SQLiteStore(path: folder.path + "/queue.sqlite")
        try fill(original)
        let content = try StoreCopy(of: original)
        #expect(!content.isEmpty)

        let redis = try RedisStore(RedisAddress(server.address), prefix: "p")
        try redis.commit(PlanQueue().inserting([item("old")], at: 0) + [.record(item("old"))], to: PlanQueue())
        try content.write(to: redis)
        let there = try StoreCopy(of: RedisStore(RedisAddress(server.address), prefix: "p"))
        let back = MemoryStore()
        try there.write(to: back)
        for copy in [there, try StoreCopy(of: back)] {
            #expect(copy.state.queue.items.map(\.encoded) == content.state.queue.items.map(\.encoded))
            #expect(copy.history.map(\.encoded) == content.history.map(\.encoded))
            #expect(copy.state.settings == content.state.settings)
        }
    }

    @Test func `a manager on a prefix is seen by others of the same prefix only`() throws {
        let server = try RedisServer()
        let one = try RedisStore(RedisAddress(server.address), prefix: "p q")
        #expect(!one.isInUse)
        let other = try RedisStore(RedisAddress(server.address), prefix: "p")
        #expect(!one.isInUse && !other.isInUse)
        let same = try RedisStore(RedisAddress(server.address), prefix: "p q")
        #expect(one.isInUse && same.isInUse)
    }

    @Test func `a backup of a store in use has everything and can be restored`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/queue.sqlite"
        let backup = folder.path + "/backup"
        let store = try SQLiteStore(path: path)
        try fill(store)
        let made = try SQLiteBackup.make(of: path, at: backup)
        #expect(made.state.queue.count == 2)
        #expect(made.history.count == 3)
        #expect(throws: QueueStoreError.self) { try SQLiteBackup.make(of: path, at: backup) }
        #expect(throws: QueueStoreError.self) { try SQLiteBackup.make(of: folder.path + "/none", at: backup + "2") }

        // It is one file that needs nothing beside it.
        #expect(access(backup + "-wal", F_OK) != 0)
        try store.commit([.removeAll, .trimHistory(keeping: 0)], to: store.load().queue)
        let restored = folder.path + "/restored.sqlite"
        _ = try SQLiteBackup.restore(backup, to: restored)
        #expect(try SQLiteStore(path: restored).load().queue.items.map(\.name) == ["a", "b"])
    }

    @Test func `a damaged file is neither opened nor restored`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/queue.sqlite"
        do {
            let store = try SQLiteStore(path: path)
            let many = (0..<400).map { item("\($0)-" + String(repeating: "x", count: 200)) }
            try store.commit(PlanQueue().inserting(many, at: 0), to: PlanQueue())
        }
        let file = try #require(fopen(path, "r+"))
        fseek(file, 20_000, SEEK_SET)
        fputs(String(repeating: "damage", count: 2_000), file)
        fclose(file)
        let error = #expect(throws: QueueStoreError.self) { try SQLiteStore(path: path) }
        #expect(error?.description.contains("qserver-backup restore") == true, "\(error?.description ?? "")")
        let good = folder.path + "/good.sqlite"
        try fill(SQLiteStore(path: good))
        #expect(throws: QueueStoreError.self) { try SQLiteBackup.restore(path, to: good) }
        #expect(try SQLiteStore(path: good).load().queue.count == 2)
    }
}
