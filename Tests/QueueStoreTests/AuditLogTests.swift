import Glibc
import QueueStore
import Testing
import Wire

private func entry(_ number: Int, user: String = "Ada", method: String = "queue_item_add") -> AuditEntry {
    var entry = AuditEntry(time: Double(number), client: "key \(number)", user: user, method: method)
    entry.uids = ["uid-\(number)", "\"'\\"]
    entry.names = ["count"]
    entry.success = number != 3
    entry.message = number == 3 ? "no" : ""
    return entry
}

/// What every log must do, whatever it is made of.
private func check(_ log: any AuditLog, reopen: () throws -> any AuditLog) throws {
    let all = [entry(1), entry(2, user: "Bob"), entry(3), entry(4, method: "queue_clear"), entry(5)]
    try log.record(Array(all[..<2]))
    try log.record(Array(all[2...]))
    try log.record([])
    func found(_ change: (inout AuditFilter) -> Void) throws -> [Double] {
        var filter = AuditFilter(limit: 3)
        change(&filter)
        return try reopen().entries(filter).map(\.time)
    }
    #expect(try reopen().entries(AuditFilter(limit: 10)) == all)
    #expect(try found { _ in } == [3, 4, 5])
    #expect(try found { $0.since = 4 } == [4, 5])
    #expect(try found { $0.until = 4 } == [1, 2, 3])
    #expect(try found { $0.user = "Bob" } == [2])
    #expect(try found { $0.client = "key 1" } == [1])
    #expect(try found { $0.method = "queue_clear" } == [4])
    #expect(try found { ($0.user, $0.method) = ("Bob", "queue_clear") } == [])
    try log.trim(before: 2, keeping: 100)
    #expect(try found { $0.limit = 100 } == [2, 3, 4, 5])
    try log.trim(before: 0, keeping: 2)
    #expect(try found { $0.limit = 100 } == [4, 5])
    try log.trim(before: 0, keeping: 0)
    #expect(try found { $0.limit = 100 } == [])
    try log.record([entry(9)])
    #expect(try found { $0.limit = 100 } == [9])
}

@Suite struct AuditLogTests {
    private let folder: String

    init() throws {
        var template = Array("/tmp/audit-log-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        folder = String(cString: made)
    }

    @Test func `a log in memory gives back what was recorded`() throws {
        let log = MemoryAuditLog()
        try check(log) { log }
    }

    @Test func `a log in a file of its own gives back what was recorded`() throws {
        let path = folder + "/audit.sqlite"
        try check(SQLiteAuditLog(path: path)) { try SQLiteAuditLog(path: path) }
    }

    @Test func `a log in the file of the queue gives back what was recorded`() throws {
        let path = folder + "/queue.sqlite"
        try check(SQLiteStore(path: path).auditLog) { try SQLiteStore(path: path).auditLog }
    }

    @Test func `a change and its entry are stored together or not at all`() throws {
        let store = try SQLiteStore(path: folder + "/queue.sqlite")
        let item = QueueItem(uid: "a", members: [:])
        try store.commit([.insert(item, rank: 1)], to: PlanQueue(), recording: entry(1))
        #expect(throws: QueueStoreError.self) {
            try store.commit(
                [.remove(uid: "a"), .insert(item, rank: 1), .insert(item, rank: 2)],
                to: PlanQueue(),
                recording: entry(2)
            )
        }
        #expect(try store.load().queue.count == 1)
        #expect(try store.auditLog.entries(AuditFilter(limit: 10)) == [entry(1)])
    }
}
