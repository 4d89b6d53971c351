import Glibc

/// A Redis server of a test's own, in a folder of its own, that ends with the value.
public final class RedisServer {
    /// Where a server cannot be started.
    public struct NotStarted: Error {}

    /// The folder with the server's socket and data.
    public let folder: String
    /// Its port on this machine; nil if it listens on a socket only.
    public let port: Int?
    private var pid: pid_t = 0

    /// Starts a server and waits until it answers.
    ///
    /// - Parameters:
    ///   - port: A free port to listen on as well.
    ///   - options: Further options of the server, which keeps nothing on disk without them.
    public init(port: Int? = nil, options: [String] = []) throws {
        // What is written to a server that has gone must not end the test.
        signal(SIGPIPE, SIG_IGN)
        var template = Array("/tmp/redis-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw NotStarted() }
        folder = String(cString: made)
        self.port = port
        try start(options: options)
    }

    deinit {
        end()
        for name in ["redis.sock", "dump.rdb", "log"] { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    /// The address for a store.
    public var address: String { "unix://\(folder)/redis.sock" }

    /// Starts the server again, without what it had unless the options say otherwise.
    public func start(options: [String] = []) throws {
        let arguments =
            [
                "redis-server", "--port", "\(port ?? 0)", "--bind", "127.0.0.1", "--unixsocket",
                "\(folder)/redis.sock", "--dir", folder, "--logfile", "\(folder)/log", "--save", "",
            ] + options
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        // A test's standard output must not be held open by a server that outlives it.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        guard posix_spawnp(&pid, "redis-server", &actions, nil, &pointers, environ) == 0 else { throw NotStarted() }
        for _ in 0..<500 {
            if isAnswering { return }
            usleep(20_000)
        }
        throw NotStarted()
    }

    private var isAnswering: Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) {
            $0.copyBytes(from: Array("\(folder)/redis.sock".utf8).prefix(107))
        }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
        }
    }

    /// Ends the server at once.
    public func end() {
        guard pid > 0 else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        pid = 0
        unlink("\(folder)/redis.sock")
    }

    /// Keeps the server from doing anything.
    public func freeze() { kill(pid, SIGSTOP) }

    /// Lets it go on.
    public func thaw() { kill(pid, SIGCONT) }
}
