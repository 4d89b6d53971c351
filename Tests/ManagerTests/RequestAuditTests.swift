import Logging
import QueueStore
import Synchronization
import Testing
import Wire

@testable import Manager

@Suite struct RequestAuditTests {
    private let log = MemoryAuditLog()
    private let store = MemoryStore()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func audit(days: Int = 1) -> RequestAudit { RequestAudit(log: log, days: days, logger: logger) }

    private func method(_ name: String) throws -> APIMethod { try #require(APIMethod.table[name]) }

    private func entries() throws -> [AuditEntry] { try log.entries(AuditFilter(limit: 10_000)) }

    @Test func `requests that only look are not recorded`() throws {
        var audit = audit()
        for name in ["status", "queue_get", "audit_get", "task_result", "lock_info"] {
            audit.begin(AuditEntry(time: 1, method: name), of: try method(name))
            audit.end(APIMethod.Answered(bytes: []))
        }
        audit.flush(at: 1)
        #expect(try entries() == [])
    }

    @Test func `with a retention of no days nothing is recorded`() throws {
        var audit = audit(days: 0)
        audit.begin(AuditEntry(time: 1, method: "queue_clear"), of: try method("queue_clear"))
        audit.end(APIMethod.Answered(bytes: []))
        audit.flush(at: 1)
        #expect(try entries() == [])
    }

    @Test func `a refused request is recorded with the reason, and one that starts a task with its uid`() throws {
        var audit = audit()
        audit.begin(AuditEntry(time: 1, method: "re_abort"), of: try method("re_abort"))
        audit.end(APIMethod.Answered(bytes: [], failure: "not now"))
        audit.begin(AuditEntry(time: 2, method: "script_upload"), of: try method("script_upload"))
        audit.end(APIMethod.Answered(bytes: [], uid: "task"))
        audit.flush(at: 2)
        #expect(try entries().map(\.success) == [false, true])
        #expect(try entries().map(\.message) == ["not now", ""])
        #expect(try entries().map(\.uids) == [[], ["task"]])
    }

    @Test func `a request that starts an item names it once`() throws {
        var audit = audit()
        var queue = PlanQueue()
        let item = QueueItem(uid: "uid-count", members: ["item_uid": "uid-count", "name": "count"])
        queue.apply(queue.inserting([item], at: 0))
        let running = QueueChange.set(.runningItem, .object(item.members))
        for (method, changes) in [
            ("queue_start", [.remove(uid: item.uid), running]), ("queue_item_execute", [running]),
        ] {
            audit.begin(AuditEntry(time: 1, method: method), of: try self.method(method))
            try audit.commit(changes, to: store, queue: queue)
            audit.end(APIMethod.Answered(bytes: []))
        }
        audit.flush(at: 1)
        #expect(try entries().map(\.uids) == [["uid-count"], ["uid-count"]])
        #expect(try entries().map(\.names) == [["count"], ["count"]])
    }

    @Test func `a request that waits for the worker is recorded with what came of it, and nothing else`() throws {
        var audit = audit()
        audit.begin(AuditEntry(time: 1, method: "re_pause"), of: try method("re_pause"))
        let waiting = audit.suspend()
        try audit.commit([.insert(QueueItem(uid: "other", members: [:]), rank: 1)], to: store, queue: PlanQueue())
        audit.resume(waiting)
        audit.end(APIMethod.Answered(bytes: [], failure: "no"))
        audit.flush(at: 1)
        #expect(try entries().map(\.message) == ["no"])
        #expect(try entries().map(\.uids) == [[]])
    }

    @Test func `the items of a request are those that it changes`() throws {
        var audit = audit()
        var queue = PlanQueue()
        let items = ["count", "scan"].map { QueueItem(uid: "uid-" + $0, members: ["name": .string($0)]) }
        queue.apply(queue.inserting(items, at: 0))
        audit.begin(AuditEntry(time: 1, method: "queue_item_remove_batch"), of: try method("queue_item_remove_batch"))
        try audit.commit([.remove(uid: "uid-count"), .remove(uid: "uid-scan")], to: store, queue: queue)
        audit.end(APIMethod.Answered(bytes: []))
        audit.flush(at: 1)
        #expect(try entries().map(\.uids) == [["uid-count", "uid-scan"]])
        #expect(try entries().map(\.names) == [["count", "scan"]])
    }

    @Test func `changes after a request are not ascribed to it`() throws {
        var audit = audit()
        audit.begin(AuditEntry(time: 1, method: "queue_start"), of: try method("queue_start"))
        audit.end(APIMethod.Answered(bytes: []))
        let item = QueueItem(uid: "later", members: [:])
        try audit.commit([.insert(item, rank: 1)], to: store, queue: PlanQueue())
        audit.flush(at: 1)
        #expect(try entries().map(\.uids) == [[]])
    }

    @Test func `a flood of refusals does not push out what was done`() throws {
        var audit = audit()
        for _ in 0..<5_000 {
            audit.begin(AuditEntry(time: 100, method: "queue_clear"), of: try method("queue_clear"))
            audit.end(APIMethod.Answered(bytes: [], failure: "no"))
        }
        audit.begin(AuditEntry(time: 100, method: "queue_clear"), of: try method("queue_clear"))
        audit.end(APIMethod.Answered(bytes: []))
        audit.flush(at: 100)
        #expect(try entries().count == 1_001)
        #expect(try entries().last?.success == true)
        audit.begin(AuditEntry(time: 161, method: "queue_clear"), of: try method("queue_clear"))
        audit.end(APIMethod.Answered(bytes: [], failure: "no"))
        audit.flush(at: 161)
        #expect(try entries().count == 1_002)
    }

    @Test func `a log that cannot be written is tried again once a second, and has everything in the end`() throws {
        let log = BrokenAuditLog()
        var audit = RequestAudit(log: log, days: 1, logger: logger)
        for time in [1.0, 1.1, 1.2, 2.1] {
            audit.begin(AuditEntry(time: time, method: "queue_clear"), of: try method("queue_clear"))
            audit.end(APIMethod.Answered(bytes: []))
            audit.flush(at: time)
        }
        #expect(log.attempts.withLock { $0 } == [1, 4])
        log.isBroken.withLock { $0 = false }
        audit.flush(at: 3.2)
        #expect(log.attempts.withLock { $0 } == [1, 4, 4])
        // It works again, and there is nothing to wait for.
        audit.begin(AuditEntry(time: 3.3, method: "queue_clear"), of: try method("queue_clear"))
        audit.end(APIMethod.Answered(bytes: []))
        audit.flush(at: 3.3)
        #expect(log.attempts.withLock { $0 } == [1, 4, 4, 1])
    }

    @Test func `old entries go when their time is over`() throws {
        try log.record([AuditEntry(time: 1, method: "old"), AuditEntry(time: 86_400, method: "young")])
        var audit = audit()
        audit.flush(at: 86_402)
        #expect(try entries().map(\.method) == ["young"])
    }
}

/// A log that cannot be written until it is mended. It notes how many entries it was given each time.
private final class BrokenAuditLog: AuditLog {
    let attempts = Mutex<[Int]>([])
    let isBroken = Mutex(true)

    func record(_ entries: [AuditEntry]) throws {
        attempts.withLock { $0.append(entries.count) }
        if isBroken.withLock({ $0 }) { throw QueueStoreError("The disk is full") }
    }

    func entries(_ filter: AuditFilter) throws -> [AuditEntry] { [] }
    func trim(before time: Double, keeping count: Int) throws {}
}
