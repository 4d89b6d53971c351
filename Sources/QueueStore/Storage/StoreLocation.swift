internal import Glibc

/// Where a store is: what options and settings name, and what programs open.
public enum StoreLocation: Sendable, Equatable, CustomStringConvertible {
    /// A SQLite file.
    case sqlite(path: String)
    /// A Redis server and the prefix of the names of its keys.
    case redis(RedisAddress, prefix: String)

    /// The prefix of the original's managers.
    public static let defaultPrefix = "qs_default"

    /// Opens the store; a file that does not exist is made.
    ///
    /// - Throws: ``QueueStoreError`` if it cannot be used.
    public func open() throws -> any QueueStore {
        switch self {
        case .sqlite(let path): try SQLiteStore(path: path)
        case .redis(let address, let prefix): try RedisStore(address, prefix: prefix)
        }
    }

    /// Whether there is something to open; a server is taken to be there.
    public var exists: Bool {
        if case .sqlite(let path) = self { access(path, F_OK) == 0 } else { true }
    }

    /// For example `the file /var/lib/queue.sqlite`.
    public var description: String {
        switch self {
        case .sqlite(let path): "the file \(path)"
        case .redis(let address, let prefix): "Redis at \(address), prefix '\(prefix)'"
        }
    }
}
