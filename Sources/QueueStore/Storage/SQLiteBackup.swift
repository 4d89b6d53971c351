import GRDB
import Glibc

/// Backups of a store's file, which may be in use.
public enum SQLiteBackup {
    /// Writes a copy of the store as it is at one moment. The file appears when it is complete, and is on disk then.
    ///
    /// - Parameters:
    ///   - path: The store, which a manager may be using.
    ///   - target: The new file, which must not exist.
    /// - Returns: What is in the copy.
    /// - Throws: ``QueueStoreError`` if there is no store, if the file exists, or if it could not be written.
    public static func make(of path: String, at target: String) throws -> StoreCopy {
        guard access(target, F_OK) != 0 else { throw QueueStoreError("The file '\(target)' exists already") }
        let part = target + ".part"
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(part + suffix) } }
        let content = try copy(path, to: part)
        guard rename(part, target) == 0 else {
            throw QueueStoreError("Cannot write '\(target)': \(String(cString: strerror(errno)))")
        }
        syncFolder(of: target)
        return content
    }

    /// Makes a backup the store. The store that was there stays beside it as `queue.sqlite.replaced`.
    ///
    /// - Parameters:
    ///   - backup: A file that ``make(of:at:)`` has written.
    ///   - path: The store; no manager may be using it.
    /// - Returns: What is in the store now.
    /// - Throws: ``QueueStoreError`` if the backup is no sound store, or if it could not be written.
    public static func restore(_ backup: String, to path: String) throws -> StoreCopy {
        let part = path + ".part"
        defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(part + suffix) } }
        let content = try copy(backup, to: part)
        for suffix in ["", "-wal", "-shm"] {
            unlink(path + ".replaced" + suffix)
            if rename(path + suffix, path + ".replaced" + suffix) != 0, errno != ENOENT {
                throw QueueStoreError("Cannot move '\(path + suffix)': \(String(cString: strerror(errno)))")
            }
        }
        guard rename(part, path) == 0 else {
            throw QueueStoreError("Cannot write '\(path)': \(String(cString: strerror(errno)))")
        }
        syncFolder(of: path)
        return content
    }

    private static func copy(_ source: String, to target: String) throws -> StoreCopy {
        var status = stat()
        guard stat(source, &status) == 0 else { throw QueueStoreError("There is no file '\(source)'") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw noStore(source) }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let original = try DatabaseQueue(path: source, configuration: configuration)
            // Of another database an empty store would be made.
            guard try original.read({ try $0.tableExists("queue") && $0.tableExists("setting") }) else {
                throw noStore(source)
            }
            let copy = try DatabaseQueue(path: target)
            try original.backup(to: copy)
            // One file, without a write-ahead log beside it.
            try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
        } catch let error as DatabaseError where error.message == "not an error" {
            // SQLite's backup returns a code only.
            throw QueueStoreError("Cannot copy '\(source)' to '\(target)': SQLite error \(error.resultCode)")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw noStore(source)
        } catch let error as DatabaseError {
            throw QueueStoreError("Cannot copy '\(source)' to '\(target)': \(error)")
        }
        let content = try StoreCopy(of: SQLiteStore(path: target))
        let descriptor = open(target, O_RDONLY)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw QueueStoreError("Cannot write '\(target)': \(String(cString: strerror(errno)))")
        }
        return content
    }

    private static func noStore(_ path: String) -> QueueStoreError {
        QueueStoreError("'\(path)' holds no queue: it is neither a backup nor a queue store")
    }

    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
        if descriptor >= 0 {
            fsync(descriptor)
            close(descriptor)
        }
    }
}
