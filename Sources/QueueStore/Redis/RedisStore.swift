internal import Synchronization
internal import Wire

/// A store in a Redis server, in the format of bluesky-queueserver.
///
/// A commit is one transaction (`MULTI`, `EXEC`) in one round trip. What was committed is also kept in memory, the queue
/// by the caller, the history and the settings here: so everything can be read while the server is away, and a server
/// that comes back without its last changes gets them again. No call waits for the server for much longer than a second.
/// Whether a commit survives a crash of the server is for the server's configuration to say (`appendonly`).
///
/// A program that uses it must ignore `SIGPIPE`, with which the system answers a write to a server that has gone.
public final class RedisStore: QueueStore {
    private let mirror: Mutex<RedisMirror>
    private let address: RedisAddress

    /// Connects to the server.
    ///
    /// - Parameters:
    ///   - address: The server.
    ///   - prefix: What the names of all keys begin with, followed by an underscore; if it is empty, nothing.
    /// - Throws: ``QueueStoreError`` if the server cannot be reached, or refuses the password.
    public init(_ address: RedisAddress, prefix: String) throws {
        self.address = address
        let keys = RedisKeys(prefix: prefix)
        let connector = RedisConnector(address, name: keys.clientName)
        connector.begin()
        do {
            let connection = try connector.take(waiting: 2 * RedisConnection.timeout)
            mirror = Mutex(RedisMirror(connection, connector, keys))
        } catch {
            throw QueueStoreError("Redis at \(address) cannot be used: \(error.reason)", isTemporary: error.isTemporary)
        }
    }

    /// The queue and the settings as committed last. Entries of the queue without an `item_uid` are left out.
    public func load() throws -> StoredState {
        try withMirror("Cannot read the queue") { try $0.load() }
    }

    /// The entries, oldest first.
    public func history() throws -> [[UInt8]] { mirror.withLock { $0.history } }

    /// The first of the entries.
    public func oldestHistory(_ limit: Int) throws -> [[UInt8]] { mirror.withLock { Array($0.history.prefix(limit)) } }

    /// How many entries there are.
    public func historyCount() throws -> Int { mirror.withLock { $0.history.count } }

    /// Whether another connection works with the same keys. Those of bluesky-queueserver cannot be told from others.
    public var isInUse: Bool { (try? mirror.withLock { try $0.countConnections() }) ?? 0 > 1 }

    /// Writes the changes in one transaction.
    public func commit(_ changes: [QueueChange], to queue: PlanQueue) throws {
        try withMirror("The change could not be stored, so nothing has changed") { try $0.commit(changes, to: queue) }
    }

    private func withMirror<Result>(
        _ problem: String,
        _ body: (inout RedisMirror) throws -> sending Result
    ) throws -> Result {
        do {
            return try mirror.withLock { try body(&$0) }
        } catch RedisFailure.refused(let reason) {
            throw QueueStoreError("\(problem): Redis at \(address) refuses it: \(reason)")
        } catch let failure as RedisFailure {
            throw QueueStoreError("\(problem): Redis at \(address) is away: \(failure.reason)", isTemporary: true)
        }
    }
}

/// What is in the server, and the connection to it.
private struct RedisMirror: ~Copyable {
    private var connection: RedisConnection?
    private let connector: RedisConnector
    private let keys: RedisKeys
    private(set) var history: [[UInt8]] = []
    private var settings: [Setting: JSONValue] = [:]
    /// Tells the transactions of this process from those of others.
    private let session = UID.make()
    /// How many transactions have been tried.
    private var attempts = 0
    /// The last transaction that the server has confirmed; nil before the first.
    private var confirmed: [UInt8]?
    /// Whether the server may have other content than it should.
    private var isInDoubt = false

    /// How long a new connection is waited for, in milliseconds, if an old one has just ended.
    private static let patience = 400
    /// How many entries of a list are read at once.
    private static let chunk = 1000

    init(_ connection: consuming RedisConnection, _ connector: RedisConnector, _ keys: RedisKeys) {
        self.connection = consume connection
        self.connector = connector
        self.keys = keys
    }

    // MARK: Reading

    mutating func load() throws -> StoredState {
        let values = try ask(Setting.allCases.map { RedisCommand("GET", keys.key(of: $0)) })
        for (setting, reply) in zip(Setting.allCases, values) {
            settings[setting] = try keys.value(setting, reply.bytes)
        }
        let queue = try self.queue(try list(keys.queue))
        history = try list(keys.history)
        return StoredState(queue: queue, settings: settings)
    }

    /// How many connections to the server have the name of this one.
    mutating func countConnections() throws -> Int {
        let reply = try ask([RedisCommand("CLIENT", "LIST")])[0].bytes ?? []
        let clients = String(decoding: reply, as: UTF8.self).split(separator: "\n")
        return clients.count { $0.contains(" name=\(keys.clientName) ") }
    }

    private mutating func queue(_ entries: [[UInt8]]) throws -> PlanQueue {
        var uids: Set<String> = []
        var items: [QueueItem] = []
        for entry in entries {
            if case .object(let members) = try? JSONValue(parsing: entry), members["item_uid"]?.string == nil {
                // The original removes such an entry too.
                _ = try ask([RedisCommand("LREM", [Array(keys.queue.utf8), Array("0".utf8), entry])])
                continue
            }
            let item = try QueueItem(encoded: entry)
            guard uids.insert(item.uid).inserted else {
                throw QueueStoreError("The Redis key '\(keys.queue)' has two items with the UID '\(item.uid)'")
            }
            items.append(item)
        }
        var queue = PlanQueue()
        queue.apply(queue.inserting(items, at: 0))
        return queue
    }

    private mutating func list(_ key: String) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        while true {
            let (first, last) = (entries.count, entries.count + RedisMirror.chunk - 1)
            let reply = try ask([RedisCommand("LRANGE", key, "\(first)", "\(last)")])
            let part = reply[0].texts ?? []
            entries += part
            if part.count < RedisMirror.chunk { return entries }
        }
    }

    // MARK: Writing

    mutating func commit(_ changes: [QueueChange], to queue: PlanQueue) throws {
        let edits = RedisListEdits(changes, to: queue, key: keys.queue)
        var commands = edits.commands
        for change in changes { commands += commandsBesideQueue(change) }
        attempts += 1
        let revision = Array("\(session):\(attempts)".utf8)
        let length: Int?
        do {
            try settle(queue)
            length = try transact(commands, revision)
        } catch RedisFailure.closed {
            // The server has been restarted, perhaps, or has closed an idle connection: once more, unless it is done.
            if try storedRevision() == revision {
                (confirmed, isInDoubt, length) = (revision, false, nil)
            } else {
                try settle(queue)
                length = try transact(commands, revision)
            }
        }
        apply(changes)
        guard let length, length != edits.count else { return }
        // Something else has written to the list; what clients were shown is what counts.
        isInDoubt = true
        confirmed = nil
        var after = queue
        after.apply(changes)
        try? settle(after)
    }

    private func commandsBesideQueue(_ change: QueueChange) -> [RedisCommand] {
        switch change {
        case .record(let item): return RedisListEdits.appending([item.encoded], key: keys.history)
        case .trimHistory(let count) where count > 0: return [RedisCommand("LTRIM", keys.history, "\(-count)", "-1")]
        case .trimHistory: return [RedisCommand("DEL", keys.history)]
        case .trimHistoryThrough(let uid):
            guard let index = historyIndex(of: uid) else { return [] }
            return [RedisCommand("LTRIM", keys.history, "\(index + 1)", "-1")]
        case .dropHistory(let count): return [RedisCommand("LTRIM", keys.history, "\(max(0, count))", "-1")]
        case .set(let setting, let value): return [keys.command(setting, value)]
        case .insert, .replace, .move, .remove, .removeAll: return []
        }
    }

    private mutating func apply(_ changes: [QueueChange]) {
        for change in changes {
            switch change {
            case .record(let item): history.append(item.encoded)
            case .trimHistory(let count): history.removeFirst(max(0, history.count - max(0, count)))
            case .trimHistoryThrough(let uid):
                if let index = historyIndex(of: uid) { history.removeFirst(index + 1) }
            case .dropHistory(let count): history.removeFirst(min(max(0, count), history.count))
            case .set(let setting, let value): settings[setting] = value
            case .insert, .replace, .move, .remove, .removeAll: break
            }
        }
    }

    private func historyIndex(of uid: String) -> Int? {
        history.firstIndex { (try? QueueItem(encoded: $0))?.uid == uid }
    }

    // MARK: The server's content

    /// Carries out the commands, all or none, and notes the revision.
    ///
    /// - Returns: How long the list of the queue is afterwards.
    private mutating func transact(_ commands: [RedisCommand], _ revision: [UInt8]) throws -> Int? {
        let note = [RedisCommand("SET", [Array(keys.revision.utf8), revision]), RedisCommand("LLEN", keys.queue)]
        let replies = try ask([RedisCommand("MULTI")] + commands + note + [RedisCommand("EXEC")])
        guard case .array(let results) = replies.last else { throw RedisFailure.refused("the transaction was dropped") }
        for case .error(let text) in results {
            // Redis does not take back what the other commands did.
            isInDoubt = true
            confirmed = nil
            throw RedisFailure.refused(text)
        }
        confirmed = revision
        return results.last?.integer
    }

    private mutating func storedRevision() throws -> [UInt8]? {
        try ask([RedisCommand("GET", keys.revision)])[0].bytes
    }

    /// Makes the content of the server what it should be, if there is doubt about it.
    private mutating func settle(_ queue: PlanQueue) throws {
        guard isInDoubt else { return }
        if try confirmed == nil || storedRevision() != confirmed {
            var commands = RedisListEdits.rewriting(queue.items.map(\.encoded), key: keys.queue)
            commands += try commandsForHistory()
            commands += Setting.allCases.map { keys.command($0, settings[$0]) }
            _ = try transact(commands, confirmed ?? Array("\(session):0".utf8))
        }
        isInDoubt = false
    }

    /// The commands that make the server's history the one that is in memory, without writing more than is missing.
    private mutating func commandsForHistory() throws -> [RedisCommand] {
        let length = try ask([RedisCommand("LLEN", keys.history)])[0].integer ?? 0
        let common = min(length, history.count)
        let lastCommon = try common == 0 ? nil : ask([RedisCommand("LINDEX", keys.history, "\(common - 1)")])[0].bytes
        guard lastCommon == (common == 0 ? nil : history[common - 1]), common > 0 || length == 0 else {
            return RedisListEdits.rewriting(history, key: keys.history)
        }
        if length > common { return [RedisCommand("LTRIM", keys.history, "0", "\(common - 1)")] }
        return RedisListEdits.appending(history[common...], key: keys.history)
    }

    // MARK: The connection

    /// Sends commands to the server, over a new connection if the last one has ended.
    private mutating func ask(_ commands: [RedisCommand]) throws -> [RedisReply] {
        if connection == nil { connection = try connector.take(waiting: RedisMirror.patience) }
        do {
            let replies = try connection?.send(commands) ?? []
            for case .error(let text) in replies { throw RedisFailure.refused(text) }
            return replies
        } catch let failure as RedisFailure {
            if case .refused = failure { throw failure }
            connection = nil
            isInDoubt = true
            connector.begin()
            throw failure
        }
    }
}
