import GRDB
import Wire

/// A log in a SQLite file: that of the queue, or one of its own.
///
/// An entry that is part of a commit of the queue is as durable as that. Entries that are recorded by themselves survive
/// the end of the process; a cut of power may take the last of them.
public final class SQLiteAuditLog: AuditLog {
    private let database: DatabaseQueue
    private let path: String

    /// The log in the file of a store, whose tables exist.
    init(database: DatabaseQueue, path: String) {
        self.database = database
        self.path = path
    }

    /// Opens a file that holds the log alone, and makes it if there is none.
    ///
    /// - Throws: ``QueueStoreError`` if the file cannot be opened or is no log.
    public convenience init(path: String) throws {
        do {
            PrivateFile.prepare(path)
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            configuration.label = "audit log"
            let database = try DatabaseQueue(path: path, configuration: configuration)
            var migrator = DatabaseMigrator()
            migrator.registerMigration("audit log", migrate: Self.makeTable)
            try migrator.migrate(database)
            self.init(database: database, path: path)
        } catch {
            throw QueueStoreError("Cannot open the audit log '\(path)': \(error)")
        }
    }

    /// Makes the table of the log.
    static func makeTable(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE audit (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, time REAL NOT NULL, client TEXT, address TEXT, user TEXT,
                    method TEXT NOT NULL, uids TEXT, names TEXT, success INTEGER NOT NULL, message TEXT
                );
                CREATE INDEX audit_time ON audit (time);
                """
        )
    }

    // MARK: Writing

    /// Adds entries in one transaction, without waiting for the disk.
    public func record(_ entries: [AuditEntry]) throws {
        try perform("write") {
            try database.inDatabase { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                defer { try? database.execute(sql: "PRAGMA synchronous = FULL") }
                try database.inTransaction {
                    for entry in entries { try Self.insert(entry, in: database) }
                    return .commit
                }
            }
        }
    }

    /// Adds an entry as a part of the transaction that is under way.
    static func insert(_ entry: AuditEntry, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO audit (time, client, address, user, method, uids, names, success, message)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(
            arguments: [
                entry.time, entry.client, entry.address, entry.user, entry.method, text(entry.uids), text(entry.names),
                entry.success, entry.message.isEmpty ? nil : entry.message,
            ]
        )
    }

    /// Removes old entries.
    public func trim(before time: Double, keeping count: Int) throws {
        try perform("write") {
            try database.write { database in
                try database.execute(sql: "DELETE FROM audit WHERE time < ?", arguments: [time])
                try database.execute(
                    sql: "DELETE FROM audit WHERE id <= (SELECT MAX(id) FROM audit) - ?",
                    arguments: [max(0, count)]
                )
            }
        }
    }

    // MARK: Reading

    /// The newest entries that pass the filter, oldest first.
    public func entries(_ filter: AuditFilter) throws -> [AuditEntry] {
        var conditions: [String] = []
        var arguments = StatementArguments()
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("time >= ?", filter.since)
        add("time < ?", filter.until)
        add("user = ?", filter.user)
        add("client = ?", filter.client)
        add("method = ?", filter.method)
        let clause = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        arguments += [max(0, filter.limit)]
        let (sql, values) = ("SELECT * FROM audit \(clause) ORDER BY id DESC LIMIT ?", arguments)
        return try perform("read") {
            try database.read { try Row.fetchAll($0, sql: sql, arguments: values).reversed().map(Self.entry) }
        }
    }

    private static func entry(_ row: Row) -> AuditEntry {
        var entry = AuditEntry(
            time: row["time"],
            client: row["client"],
            address: row["address"],
            user: row["user"],
            method: row["method"]
        )
        entry.uids = texts(row["uids"])
        entry.names = texts(row["names"])
        entry.success = row["success"]
        entry.message = row["message"] ?? ""
        return entry
    }

    /// Texts as one: a JSON list, or nil for none.
    private static func text(_ texts: [String]) -> String? { texts.isEmpty ? nil : JSONValue(texts).encodedText }

    private static func texts(_ text: String?) -> [String] {
        text.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?.array?.compactMap(\.string) ?? []
    }

    private func perform<Result>(_ action: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw QueueStoreError("Cannot \(action) the audit log in '\(path)': \(error)")
        }
    }
}
