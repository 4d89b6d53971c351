internal import CLinux
internal import Glibc

/// The folder that keeps the store, locked against a second manager for as long as this value lives.
public struct StateDirectory: ~Copyable {
    /// The folder that is used if none is named: below `XDG_STATE_HOME`, or the place that stands for it.
    public static var defaultPath: String {
        func variable(_ name: String) -> String? {
            guard let raw = getenv(name), raw.pointee != 0 else { return nil }
            return String(cString: raw)
        }
        let base = variable("XDG_STATE_HOME") ?? (variable("HOME") ?? "/var/lib") + "/.local/state"
        return base + "/run-engine-manager"
    }

    /// The file of the queue and the history in a state directory.
    public static func storePath(in path: String) -> String { path + "/queue.sqlite" }

    /// The folder.
    public let path: String
    private let lock: Int32

    /// Makes the folder if it is missing and locks it.
    ///
    /// - Throws: ``SupervisorError`` if it cannot be made or another supervisor uses it.
    public init(path: String) throws(SupervisorError) {
        try StateDirectory.make(path)
        let file = path + "/lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SupervisorError("Cannot open '\(file)': \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var bytes = [UInt8](repeating: 0, count: 32)
            let count = max(0, read(descriptor, &bytes, bytes.count))
            close(descriptor)
            let pid = String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber }
            throw SupervisorError(
                "The state directory '\(path)' is in use by the manager with process id \(pid). "
                    + "Stop that one, or give this one another --state-dir."
            )
        }
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        write(descriptor, text, text.utf8.count)
        self.path = path
        lock = descriptor
    }

    deinit { close(lock) }

    private static func make(_ path: String) throws(SupervisorError) {
        var current = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            current += "/" + part
            if mkdir(current, 0o700) != 0, errno != EEXIST {
                throw SupervisorError("Cannot make the folder '\(current)': \(String(cString: strerror(errno)))")
            }
        }
    }
}
