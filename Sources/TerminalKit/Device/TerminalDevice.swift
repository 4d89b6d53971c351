internal import CLinux
internal import Glibc

/// The terminal that the process belongs to, for a program that uses all of it. Nothing here waits.
///
/// The terminal is put back in order by ``leave()``, and by itself if the process crashes.
package struct TerminalDevice: ~Copyable {
    /// Becomes readable when keys were pressed.
    package let descriptor: Int32
    /// What the terminal has not taken yet.
    private var unwritten: [UInt8] = []

    /// Opens the terminal; nil if standard input and output are not a terminal that can place its cursor.
    package static func open(environment: [String: String]) -> TerminalDevice? {
        let type = environment["TERM"] ?? ""
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !type.isEmpty, type != "dumb" else { return nil }
        let descriptor = clinux_open_terminal()
        return descriptor < 0 ? nil : TerminalDevice(descriptor: descriptor)
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit {
        clinux_leave_raw_mode()
        close(descriptor)
    }

    // MARK: Taking over

    /// Takes over the terminal. Does nothing if it was taken over already.
    package mutating func enter() {
        guard clinux_enter_raw_mode(descriptor, ScreenPainter.end) == 0 else { return }
        write(ScreenPainter.begin)
    }

    /// Gives the terminal back as it was.
    package mutating func leave() {
        // The rest of a picture must not come after the order that ends it.
        unwritten = []
        clinux_leave_raw_mode()
    }

    /// How large the terminal is; 24 rows of 80 columns if it does not tell.
    package var size: ScreenSize {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return ScreenSize(rows: 24, columns: 80)
        }
        return ScreenSize(rows: Int(size.ws_row), columns: Int(size.ws_col))
    }

    // MARK: Input and output

    /// What to do after reading.
    package enum Input {
        case bytes([UInt8])
        case nothing
        /// The terminal is gone.
        case end
    }

    /// Takes the keys that were pressed, as bytes.
    package func read() -> Input {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return .bytes(Array(buffer[..<count])) }
        if count < 0, errno == EAGAIN || errno == EINTR { return .nothing }
        return .end
    }

    /// Whether the terminal has taken everything. If not, call ``writeMore()`` soon, and write nothing more until then.
    package var isReady: Bool { unwritten.isEmpty }

    /// Writes a text, or what the terminal takes of it now.
    package mutating func write(_ text: String) {
        unwritten.append(contentsOf: text.utf8)
        writeMore()
    }

    /// Goes on with what the terminal has not taken.
    package mutating func writeMore() {
        while !unwritten.isEmpty {
            let count = Glibc.write(descriptor, unwritten, unwritten.count)
            if count > 0 {
                unwritten.removeFirst(count)
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                // It is gone; reading will tell.
                unwritten = []
            }
        }
    }
}

extension ScreenPainter {
    /// What the environment says of the terminal: `NO_COLOR`, and whether the locale has UTF-8. Where none is set, as in
    /// many containers, UTF-8 is taken for granted.
    package init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG"))?.lowercased()
        self.init(
            usesColor: value("NO_COLOR") == nil,
            usesUnicode: locale.map { $0.contains("utf-8") || $0.contains("utf8") } ?? true
        )
    }
}
