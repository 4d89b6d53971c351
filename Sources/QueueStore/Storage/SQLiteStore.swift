import GRDB
import Wire

/// A store in one SQLite file.
///
/// The file is in WAL mode with `synchronous=FULL`: a commit that has returned survives the end of the process and a
/// cut of power.
public final class SQLiteStore: AuditedStore {
    /// The log, which is in the same file.
    public let auditLog: any AuditLog
    private let database: DatabaseQueue
    private let path: String

    /// Opens the file, and makes it if there is none.
    ///
    /// - Throws: ``QueueStoreError`` if the file cannot be opened, is no store, or is damaged.
    public init(path: String) throws {
        self.path = path
        do {
            PrivateFile.prepare(path)
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            configuration.label = "queue store"
            database = try DatabaseQueue(path: path, configuration: configuration)
            // GRDB sets NORMAL for WAL files, which may lose the last commits when the power fails.
            try database.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            let problem = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
            guard problem == "ok" else { throw QueueStoreError(problem ?? "it cannot be checked") }
            try SQLiteStore.migrator.migrate(database)
            auditLog = SQLiteAuditLog(database: database, path: path)
        } catch let error as DatabaseError
            where error.resultCode != .SQLITE_CORRUPT && error.resultCode != .SQLITE_NOTADB
        {
            throw QueueStoreError("Cannot open the queue store '\(path)': \(error)")
        } catch {
            throw QueueStoreError(
                """
                The queue store '\(path)' is damaged: \(error). Bring back a backup with qserver-backup restore, or move \
                the file away to begin with an empty queue
                """
            )
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("queue, history and settings") { database in
            try database.execute(
                sql: """
                    CREATE TABLE queue (uid TEXT PRIMARY KEY NOT NULL, rank INTEGER NOT NULL, item BLOB NOT NULL);
                    CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, item BLOB NOT NULL);
                    CREATE INDEX history_uid ON history (uid);
                    CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL);
                    """
            )
        }
        migrator.registerMigration("audit log", migrate: SQLiteAuditLog.makeTable)
        return migrator
    }

    // MARK: Reading

    /// The queue and the settings as committed last.
    public func load() throws -> StoredState {
        try perform("read") {
            try database.read { database in
                var state = StoredState()
                let rows = try Row.fetchCursor(database, sql: "SELECT rank, item FROM queue ORDER BY rank")
                var changes: [QueueChange] = []
                while let row = try rows.next() {
                    changes.append(.insert(try QueueItem(encoded: bytes(row, 1)), rank: row[0]))
                }
                state.queue.apply(changes)
                for row in try Row.fetchAll(database, sql: "SELECT name, value FROM setting") {
                    guard let setting = Setting(rawValue: row[0]) else { continue }
                    state.settings[setting] = try JSONValue(parsing: bytes(row, 1))
                }
                return state
            }
        }
    }

    /// The entries, oldest first.
    public func history() throws -> [[UInt8]] { try oldestHistory(-1) }

    /// The first of the entries; all if the limit is negative.
    public func oldestHistory(_ limit: Int) throws -> [[UInt8]] {
        try perform("read") {
            try database.read { database in
                var entries: [[UInt8]] = []
                let sql = "SELECT item FROM history ORDER BY id LIMIT ?"
                let rows = try Row.fetchCursor(database, sql: sql, arguments: [limit])
                while let row = try rows.next() { entries.append(bytes(row, 0)) }
                return entries
            }
        }
    }

    /// How many entries there are.
    public func historyCount() throws -> Int {
        try perform("read") {
            try database.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM history") ?? 0 }
        }
    }

    private func bytes(_ row: Row, _ column: Int) -> [UInt8] {
        (try? row.withUnsafeData(atIndex: column) { data in data.map { [UInt8]($0) } ?? [] }) ?? []
    }

    // MARK: Writing

    /// Writes the changes in one transaction.
    public func commit(_ changes: [QueueChange], to queue: PlanQueue) throws {
        try perform("write") {
            try database.write { database in
                for change in changes { try apply(change, in: database) }
            }
        }
    }

    /// Writes the changes and the entry in one transaction.
    public func commit(_ changes: [QueueChange], to queue: PlanQueue, recording entry: AuditEntry) throws {
        try perform("write") {
            try database.write { database in
                for change in changes { try apply(change, in: database) }
                try SQLiteAuditLog.insert(entry, in: database)
            }
        }
    }

    private func apply(_ change: QueueChange, in database: Database) throws {
        switch change {
        case .insert(let item, let rank):
            try execute("INSERT INTO queue (uid, rank, item) VALUES (?, ?, ?)", [item.uid, rank, blob(item)], database)
        case .replace(let uid, let item):
            try execute("UPDATE queue SET uid = ?, item = ? WHERE uid = ?", [item.uid, blob(item), uid], database)
        case .move(let uid, let rank):
            try execute("UPDATE queue SET rank = ? WHERE uid = ?", [rank, uid], database)
        case .remove(let uid):
            try execute("DELETE FROM queue WHERE uid = ?", [uid], database)
        case .removeAll:
            try execute("DELETE FROM queue", [], database)
        case .record(let item):
            try execute("INSERT INTO history (uid, item) VALUES (?, ?)", [item.uid, blob(item)], database)
        case .trimHistory(let count):
            try execute(
                "DELETE FROM history WHERE id NOT IN (SELECT id FROM history ORDER BY id DESC LIMIT ?)",
                [max(0, count)],
                database
            )
        case .trimHistoryThrough(let uid):
            try execute(
                "DELETE FROM history WHERE id <= (SELECT MIN(id) FROM history WHERE uid = ?)",
                [uid],
                database
            )
        case .dropHistory(let count):
            try execute(
                "DELETE FROM history WHERE id IN (SELECT id FROM history ORDER BY id LIMIT ?)",
                [max(0, count)],
                database
            )
        case .set(let setting, let value?):
            try execute(
                "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                [setting.rawValue, value.encoded.asData],
                database
            )
        case .set(let setting, nil):
            try execute("DELETE FROM setting WHERE name = ?", [setting.rawValue], database)
        }
    }

    private func execute(
        _ sql: String,
        _ arguments: [(any DatabaseValueConvertible)?],
        _ database: Database
    ) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
    }

    private func blob(_ item: QueueItem) -> any DatabaseValueConvertible { item.encoded.asData }

    private func perform<Result>(_ action: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as QueueStoreError {
            throw error
        } catch {
            throw QueueStoreError("Cannot \(action) the queue store '\(path)': \(error)")
        }
    }
}
