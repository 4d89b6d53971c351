import Glibc
import RedisTestSupport
import Testing
import Wire

@testable import QueueStore

private func item(_ name: String) -> QueueItem {
    QueueItem(uid: "uid-" + name, members: ["name": .string(name), "item_type": "plan"])
}

/// A server, a store in it, and the queue as the store's user has it in memory.
private struct Bench {
    let server: RedisServer
    let store: RedisStore
    var queue = PlanQueue()

    init(options: [String] = []) throws {
        server = try RedisServer(options: options)
        store = try RedisStore(RedisAddress(server.address), prefix: "qs_default")
        _ = try store.load()
    }

    mutating func commit(_ changes: [QueueChange]) throws {
        try store.commit(changes, to: queue)
        queue.apply(changes)
    }

    /// Commits as soon as the server is there again.
    mutating func commitWhenBack(_ changes: [QueueChange]) throws {
        for attempt in 1...500 {
            do {
                return try commit(changes)
            } catch let error as QueueStoreError where error.isTemporary && attempt < 500 {
                usleep(20_000)
            }
        }
    }

    func ask(_ command: String, _ arguments: String...) throws -> RedisReply {
        let connection = try RedisConnection.open(RedisAddress(server.address), name: "test")
        return try connection.send([RedisCommand(command, arguments)])[0]
    }

    func text(_ key: String) throws -> String? {
        try ask("GET", key).bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of the items that the server has in a list.
    func names(_ key: String) throws -> [String] {
        try ask("LRANGE", "qs_default_" + key, "0", "-1").texts?.map { try QueueItem(encoded: $0).name } ?? []
    }
}

@Suite(.timeLimit(.minutes(2))) struct RedisStoreTests {
    @Test func `names and values are those of bluesky-queueserver`() throws {
        var bench = try Bench()
        try bench.commit(bench.queue.inserting([item("a")], at: 0))
        try bench.commit([
            .record(item("b")), .set(.runningItem, .object(item("c").members)), .set(.autostart, true),
            .set(.stopPending, false), .set(.queueMode, ["loop": true, "ignore_failures": false]),
            .set(.lock, ["environment": true]), .set(.permissions, ["user_groups": [:]]),
        ])
        #expect(try bench.names("plan_queue") == ["a"])
        #expect(try bench.names("plan_history") == ["b"])
        #expect(try bench.text("qs_default_running_plan")?.contains("uid-c") == true)
        #expect(try bench.text("qs_default_autostart_mode_info") == #"{"enabled": true}"#)
        #expect(try bench.text("qs_default_stop_pending_info") == #"{"enabled": false}"#)
        #expect(try bench.text("qs_default_plan_queue_mode") == #"{"loop": true, "ignore_failures": false}"#)
        #expect(try bench.text("qs_default_lock_info") == #"{"environment": true}"#)
        #expect(try bench.text("qs_default_user_group_permissions") == #"{"user_groups": {}}"#)
        try bench.commit([.set(.runningItem, nil)])
        #expect(try bench.text("qs_default_running_plan") == "{}")
        #expect(try bench.store.load().settings[.runningItem] == nil)
    }

    @Test func `entries without a UID are removed as the original does it, and damaged ones are named`() throws {
        let bench = try Bench()
        _ = try bench.ask("RPUSH", "qs_default_plan_queue", #"{"name": "x"}"#, #"{"item_uid": "u", "name": "y"}"#)
        #expect(try bench.store.load().queue.items.map(\.name) == ["y"])
        #expect(try bench.names("plan_queue") == ["y"])
        _ = try bench.ask("RPUSH", "qs_default_plan_queue", "{]")
        let error = #expect(throws: QueueStoreError.self) { try bench.store.load() }
        #expect(error?.description.contains("{]") == true)
    }

    @Test func `the list is the queue after any change`() throws {
        var bench = try Bench()
        var random = SystemRandomNumberGenerator()
        var made = 0
        func new(_ count: Int) -> [QueueItem] {
            made += count
            return (0..<count).map { item("\(made - $0)") }
        }
        for step in 0..<600 {
            let queue = bench.queue
            let place = Int.random(in: 0...queue.count, using: &random)
            func some(_ count: Int) -> [String] { Array(queue.items.map(\.uid).shuffled(using: &random).prefix(count)) }
            switch step < 20 ? 0 : Int.random(in: 0..<7, using: &random) {
            case 0: try bench.commit(queue.inserting(new(Int.random(in: 1...4)), at: place))
            // Always into the same gap, which wears the ranks out.
            case 1: try bench.commit(queue.inserting(new(1), at: min(1, queue.count)))
            case 2: try bench.commit(some(3).map { .remove(uid: $0) })
            case 3: try bench.commit(some(1).map { .replace(uid: $0, with: new(1)[0]) })
            case 4: try bench.commit(some(1).flatMap { queue.moving([$0], to: place) })
            case 5:
                let moved = some(Int.random(in: 2...40))
                let rest = queue.items.map(\.uid).filter { !moved.contains($0) }
                let index = rest.randomElement(using: &random).flatMap { queue.index(of: $0) } ?? queue.count
                try bench.commit(queue.moving(moved, to: index))
            default:
                guard let first = queue.first else { continue }
                try bench.commit([.remove(uid: first.uid)] + queue.inserting(new(1), at: queue.count))
            }
            #expect(try bench.names("plan_queue") == bench.queue.items.map(\.name))
        }
    }

    @Test func `while the server is away changes are refused and everything can be read`() throws {
        var bench = try Bench()
        try bench.commit(bench.queue.inserting([item("a"), item("b")], at: 0) + [.record(item("old"))])
        bench.server.end()
        let error = #expect(throws: QueueStoreError.self) { try bench.commit([.remove(uid: "uid-a")]) }
        #expect(error?.description.contains("so nothing has changed: Redis at unix://") == true)
        #expect(error?.isTemporary == true)
        #expect(bench.queue.count == 2)
        #expect(try bench.store.historyCount() == 1)
        #expect(try bench.store.history().count == 1)

        // It comes back with nothing, and has everything again after the next change.
        try bench.server.start()
        try bench.commitWhenBack([.remove(uid: "uid-a"), .record(item("new")), .set(.autostart, true)])
        #expect(try bench.names("plan_queue") == ["b"])
        #expect(try bench.names("plan_history") == ["old", "new"])
        #expect(try bench.text("qs_default_autostart_mode_info") == #"{"enabled": true}"#)
    }

    @Test func `a connection that was closed in between is made again without a word`() throws {
        var bench = try Bench()
        try bench.commit(bench.queue.inserting([item("a")], at: 0))
        _ = try bench.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        try bench.commit(bench.queue.inserting([item("b")], at: 1))
        #expect(try bench.names("plan_queue") == ["a", "b"])
    }

    @Test func `a transaction that a hanging server carries out later is taken back`() throws {
        var bench = try Bench()
        try bench.commit(bench.queue.inserting([item("a"), item("b")], at: 0) + [.record(item("first"))])
        bench.server.freeze()
        let error = #expect(throws: QueueStoreError.self) {
            try bench.commit([.remove(uid: "uid-a"), .record(item("refused"))])
        }
        #expect(error?.description.contains("did not answer") == true)
        bench.server.thaw()
        try bench.commitWhenBack([.record(item("second"))])
        #expect(try bench.names("plan_queue") == ["a", "b"])
        #expect(try bench.names("plan_history") == ["first", "second"])
    }

    @Test func `a server that may not write says so, and a change works when it may again`() throws {
        var bench = try Bench()
        _ = try bench.ask("CONFIG", "SET", "maxmemory", "1")
        let error = #expect(throws: QueueStoreError.self) {
            try bench.commit(bench.queue.inserting([item("a")], at: 0))
        }
        #expect(error?.description.contains("OOM") == true)
        _ = try bench.ask("CONFIG", "SET", "maxmemory", "0")
        try bench.commit(bench.queue.inserting([item("a")], at: 0))
        #expect(try bench.names("plan_queue") == ["a"])
    }

    @Test func `what something else writes into the list does not last`() throws {
        var bench = try Bench()
        try bench.commit(bench.queue.inserting([item("a")], at: 0))
        _ = try bench.ask("RPUSH", "qs_default_plan_queue", #"{"item_uid": "foreign", "name": "foreign"}"#)
        try bench.commit(bench.queue.inserting([item("b")], at: 1))
        #expect(try bench.names("plan_queue") == ["a", "b"])
    }

    @Test func `managers with different prefixes do not see one another, and a database is chosen`() throws {
        let server = try RedisServer(options: ["--requirepass", "se:cret"])
        func store(_ suffix: String, _ prefix: String) throws -> RedisStore {
            try RedisStore(RedisAddress(server.address + suffix).with(credentials: ":se%3Acret"), prefix: prefix)
        }
        let one = try store("", "one")
        try one.commit(PlanQueue().inserting([item("a")], at: 0), to: PlanQueue())
        #expect(try store("", "two").load().queue.isEmpty)
        #expect(try store("", "").load().queue.isEmpty)
        #expect(try store("?db=1", "one").load().queue.isEmpty)
        #expect(try store("", "one").load().queue.count == 1)
        let error = #expect(throws: QueueStoreError.self) {
            try RedisStore(RedisAddress(server.address), prefix: "one")
        }
        #expect(error?.description.contains("NOAUTH") == true)
        #expect(error?.isTemporary == false)
    }

    @Test(arguments: [
        ("localhost", "localhost:6379"), ("host:7000", "host:7000"), ("host:7000/3", "host:7000/3"),
        ("redis://u:p@host/1", "host:6379/1"), ("unix:///tmp/x.sock", "unix:///tmp/x.sock"), ("[::1]:7", "[::1]:7"),
        ("::1", "[::1]:6379"), ("u:p@h:1@host:2", "host:2"), ("host?db=3", "host:6379/3"),
        ("host/1?db=2", "host:6379/2"), ("unix://:p@/tmp/x.sock?db=2", "unix:///tmp/x.sock?db=2"),
    ])
    func `an address is read as the original reads it`(text: String, shown: String) throws {
        #expect(try RedisAddress(text).description == shown)
    }

    @Test(arguments: [
        "", "u:secret@host:port", "host:99999", "host/x", "rediss://:secret@host", "http://host", "unix://x",
        "host?db=x",
        "host?ssl=1",
    ])
    func `an address that is none is refused`(text: String) {
        let error = #expect(throws: QueueStoreError.self) { try RedisAddress(text) }
        #expect(error?.description.contains("secret") == false)
    }
}
