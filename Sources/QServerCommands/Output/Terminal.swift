internal import Glibc

/// Standard output or standard error.
struct Terminal: Sendable {
    enum Stream: Int32 {
        case standardOutput = 1
        case standardError = 2
    }

    private let descriptor: Int32

    init(_ stream: Stream) { descriptor = stream.rawValue }

    /// Writes a text at once; what cannot be written is dropped.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if count < 0, errno != EINTR {
                return
            }
        }
    }

    /// How texts look here: as wide as the terminal, in colour only on one that can and may. What goes to a
    /// pipe or a file is not cut, unless `COLUMNS` says so.
    func display(environment: [String: String]) -> Display {
        let isTerminal = isatty(descriptor) == 1
        let isPlain = environment["TERM"] == "dumb" || !(environment["NO_COLOR"] ?? "").isEmpty
        return Display(
            width: Terminal.width(measured: measuredWidth, isTerminal: isTerminal, columns: environment["COLUMNS"]),
            usesColor: isTerminal && !isPlain,
            isTerminal: isTerminal && environment["TERM"] != "dumb"
        )
    }

    /// How many characters a line has.
    ///
    /// - Parameters:
    ///   - measured: What the terminal says; nil if it does not say, or there is none.
    ///   - columns: The variable `COLUMNS`.
    static func width(measured: Int?, isTerminal: Bool, columns: String?) -> Int {
        if let measured { return measured }
        if let columns = columns.flatMap(Int.init), columns > 0 { return min(columns, 10_000) }
        return isTerminal ? 80 : Display.unlimited
    }

    private var measuredWidth: Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

/// The environment variables that the tool reads.
enum ProcessEnvironment {
    static var variables: [String: String] {
        let names = [
            "QSERVER_ZMQ_CONTROL_ADDRESS", "QSERVER_ZMQ_INFO_ADDRESS", "QSERVER_ZMQ_PUBLIC_KEY",
            "QSERVER_ZMQ_PRIVATE_KEY_FILE", "QSERVER_ZMQ_INFO_ENCRYPTION", "QSERVER_LOCK_KEY_FILE",
            "QSERVER_ZMQ_ENCODING", "QSERVER_SERVER", "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
            "QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER", "COLUMNS", "TERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG",
        ]
        var variables: [String: String] = [:]
        for name in names { variables[name] = getenv(name).map { String(cString: $0) } }
        return variables
    }
}
