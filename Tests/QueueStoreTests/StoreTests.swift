import Glibc
import QueueStore
import RedisTestSupport
import Testing
import Wire

private func item(_ name: String) -> QueueItem {
    QueueItem(uid: "uid-" + name, members: ["name": .string(name), "args": [[1.5, .double(.infinity)]]])
}

/// What every store must do, whatever it is made of.
private func check(_ store: any QueueStore, reopen: () throws -> any QueueStore) throws {
    #expect(try store.load().queue.isEmpty)

    var queue = PlanQueue()
    func commit(_ changes: [QueueChange]) throws {
        try store.commit(changes, to: queue)
        queue.apply(changes)
    }
    try commit(queue.inserting([item("a"), item("b"), item("c")], at: 0))
    try commit(queue.moving(["uid-c"], to: 0))
    try commit([.remove(uid: "uid-a"), .set(.runningItem, .object(item("a").members))])
    try commit([.replace(uid: "uid-b", with: item("B"))])
    try commit([.set(.queueMode, ["loop": true]), .set(.queueMode, nil)])
    for name in ["1", "2", "3", "4", "5"] { try commit([.record(item(name))]) }
    try commit([.record(item("6")), .dropHistory(oldest: 1)])
    #expect(try store.oldestHistory(2) == ["2", "3"].map { item($0).encoded })
    try commit([.trimHistory(keeping: 5)])
    try commit([.trimHistoryThrough(uid: "uid-2"), .trimHistoryThrough(uid: "unknown")])

    let reopened = try reopen()
    let state = try reopened.load()
    #expect(Array(state.queue.items) == [item("c"), item("B")])
    #expect(state.settings == [.runningItem: .object(item("a").members)])
    #expect(try reopened.history() == ["3", "4", "5", "6"].map { item($0).encoded })
    #expect(try reopened.historyCount() == 4)

    try reopened.commit([.removeAll, .trimHistory(keeping: 0)], to: state.queue)
    #expect(try reopened.load().queue.isEmpty)
    #expect(try reopened.historyCount() == 0)
}

@Suite struct StoreTests {
    @Test func `a store in memory keeps what was committed`() throws {
        let store = MemoryStore()
        try check(store) { store }
    }

    @Test func `a store in a file keeps what was committed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/queue.sqlite"
        try check(try SQLiteStore(path: path)) { try SQLiteStore(path: path) }
    }

    @Test func `a store in Redis keeps what was committed`() throws {
        let server = try RedisServer()
        let address = try RedisAddress(server.address)
        try check(try RedisStore(address, prefix: "p")) { try RedisStore(address, prefix: "p") }
    }

    @Test func `nobody else can read the files, also those of an earlier version`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/queue.sqlite"
        try SQLiteStore(path: path).commit([.removeAll], to: PlanQueue())
        chmod(path, 0o644)
        let store = try SQLiteStore(path: path)
        try store.commit([.removeAll], to: PlanQueue())
        for file in [path, path + "-wal", path + "-shm"] {
            var information = stat()
            #expect(stat(file, &information) == 0)
            #expect(information.st_mode & 0o777 == 0o600, "\(file)")
        }
    }

    @Test func `a failed commit changes nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.path + "/queue.sqlite")
        try store.commit(PlanQueue().inserting([item("a")], at: 0), to: PlanQueue())
        #expect(throws: QueueStoreError.self) {
            try store.commit(
                [.remove(uid: "uid-a"), .insert(item("b"), rank: 1), .insert(item("b"), rank: 2)],
                to: store.load().queue
            )
        }
        #expect(try store.load().queue.items.map(\.name) == ["a"])
    }

    @Test func `a file that is no store is refused by name`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/queue.sqlite"
        let file = try #require(fopen(path, "w"))
        fputs(String(repeating: "this is no database", count: 100), file)
        fclose(file)
        let error = #expect(throws: QueueStoreError.self) { try SQLiteStore(path: path) }
        #expect(error?.description.contains(path) == true)
    }
}
