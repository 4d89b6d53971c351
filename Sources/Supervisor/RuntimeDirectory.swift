internal import CLinux
internal import Glibc

/// The private folder of a supervisor, and of the one that takes over its worker: the worker link's socket and the
/// worker's standard error.
///
/// It is not in the state directory because the path of a UNIX socket may have 107 bytes at most.
struct RuntimeDirectory: ~Copyable {
    let path: String
    private let lock: Int32

    /// Takes over a folder, if it is still there and only this user can enter it, or else makes a new one, below
    /// `XDG_RUNTIME_DIR` or else `/tmp`.
    init(reusing former: String? = nil) throws(SupervisorError) {
        path = if let former, RuntimeDirectory.isPrivate(former) { former } else { try RuntimeDirectory.make() }
        // What tidies up /tmp leaves a locked folder alone.
        lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        flock(lock, LOCK_SH | LOCK_NB)
    }

    deinit { close(lock) }

    private static func isPrivate(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
            && information.st_mode & 0o077 == 0 && information.st_uid == geteuid()
    }

    private static func make() throws(SupervisorError) -> String {
        var parent = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? "/tmp"
        if access(parent, W_OK) != 0 || parent.utf8.count > 60 { parent = "/tmp" }
        var template = Array("\(parent)/re-manager-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw SupervisorError("Cannot make a runtime directory in '\(parent)': \(String(cString: strerror(errno)))")
        }
        return String(cString: made)
    }

    /// Address of the worker's end of the worker link. Each worker has its own, so that a message for one never
    /// reaches the next.
    func workerEndpoint(number: Int) -> String { "ipc://\(path)/worker-\(number)" }

    /// The number in such an address.
    static func workerNumber(endpoint: String) -> Int { endpoint.split(separator: "-").last.flatMap { Int($0) } ?? 0 }

    /// The file for what the worker writes to standard error.
    var workerErrors: WorkerErrorFile { WorkerErrorFile(path: "\(path)/worker-stderr.log") }

    /// Removes the folder and what is in it.
    func remove() {
        clear()
        rmdir(path)
    }

    /// Removes what is in the folder.
    func clear() {
        guard let folder = opendir(path) else { return }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(path)/\(name)") }
        }
        closedir(folder)
    }
}
