internal import CLinux
internal import Glibc

/// One end of a stream that carries lines of bytes in both directions, such as a socket pair between two processes.
///
/// It never waits: what the other side does not read yet is kept and sent later. Like a ``Socket`` it belongs to the
/// actor that watches its descriptor.
public struct LineChannel: ~Copyable {
    /// The descriptor to watch.
    public let descriptor: Int32
    private var received: [UInt8] = []
    private var unsent: [UInt8] = []

    /// Takes over a descriptor, which is closed with this value.
    public init(descriptor: Int32) {
        self.descriptor = descriptor
        _ = clinux_make_nonblocking(descriptor)
    }

    deinit { close(descriptor) }

    /// Two connected descriptors, for one channel in this process and one in a child (both marked close-on-exec).
    /// Nil if no descriptor is left.
    public static func makeDescriptors() -> (mine: Int32, theirs: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { return nil }
        for end in ends { _ = clinux_set_close_on_exec(end, 1) }
        return (ends[0], ends[1])
    }

    /// What a call of ``receive()`` found.
    public enum Reception: Sendable, Equatable {
        /// Complete lines without their ends; none if nothing complete has arrived.
        case lines([[UInt8]])
        /// The other side has closed the stream.
        case closed
    }

    /// Reads what has arrived.
    public mutating func receive() -> Reception {
        flush()
        var isClosed = false
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                received.append(contentsOf: buffer[..<count])
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                isClosed = true
                break
            } else if errno == EAGAIN {
                break
            }
        }
        var lines: [[UInt8]] = []
        while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Array(received[..<end]))
            received.removeSubrange(...end)
        }
        return isClosed && lines.isEmpty ? .closed : .lines(lines)
    }

    /// Sends a line; its end is added.
    public mutating func send(_ line: [UInt8]) {
        unsent += line
        unsent.append(UInt8(ascii: "\n"))
        flush()
    }

    private mutating func flush() {
        while !unsent.isEmpty {
            let count = Glibc.send(descriptor, unsent, unsent.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                unsent.removeFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
