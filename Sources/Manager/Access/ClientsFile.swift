import Glibc
import Logging
import PlanCatalog
import Wire
import YAML

/// The file of the clients that are admitted. A change of it counts at once; while it cannot be used, what it said last
/// holds.
struct ClientsFile: Sendable {
    private(set) var clients = AuthorizedClients()
    private let path: String
    private let log: Logger
    private var version: Version?

    /// What differs between two versions of a file.
    private struct Version: Equatable {
        let file: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int
        let mode: UInt32

        init?(path: String) {
            var information = stat()
            guard stat(path, &information) == 0 else { return nil }
            file = UInt64(information.st_ino)
            size = Int(information.st_size)
            (seconds, nanoseconds) = (Int(information.st_mtim.tv_sec), Int(information.st_mtim.tv_nsec))
            mode = UInt32(information.st_mode)
        }
    }

    /// Reads the file.
    ///
    /// - Parameter mayFail: Whether a file that cannot be used is no error: nobody is admitted until it can be.
    /// - Throws: ``ClientsError`` with the file and what is wrong in it.
    init(path: String, mayFail: Bool, log: Logger) throws {
        self.path = path
        self.log = log
        version = Version(path: path)
        do throws(ClientsError) {
            clients = try ClientsFile.read(path, version)
        } catch {
            guard mayFail else { throw error }
            log.error("No client is admitted: \(error)")
        }
    }

    /// Reads the file again if it has changed.
    mutating func refresh() {
        let found = Version(path: path)
        guard found != version else { return }
        version = found
        do throws(ClientsError) {
            clients = try ClientsFile.read(path, found)
            log.info("The clients in '\(path)' have changed; it admits \(clients.count) keys.")
        } catch {
            log.error("The clients stay as they are: \(error)")
        }
    }

    private static func read(_ path: String, _ version: Version?) throws(ClientsError) -> AuthorizedClients {
        guard let version else { throw ClientsError("'\(path)' cannot be found.") }
        guard version.mode & UInt32(S_IWOTH) == 0 else {
            throw ClientsError("Anybody can change '\(path)'; use chmod o-w on it.")
        }
        do {
            return try AuthorizedClients(JSONValue(yamlFile: path))
        } catch let error as ClientsError {
            throw ClientsError("'\(path)': \(error)")
        } catch {
            throw ClientsError("\(error)")
        }
    }
}
