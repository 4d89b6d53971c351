internal import CLinux
internal import Glibc
internal import Synchronization

/// Writes to standard output from a thread of its own, so that a reader that has stopped reading blocks nobody.
///
/// When more than ``capacity`` bytes wait, the newest are dropped and a line says so once there is room again.
public final class ConsoleWriter: Sendable {
    /// The writer of this process.
    public static let shared = ConsoleWriter(descriptor: 1)

    /// How many bytes may wait.
    public static let capacity = 4 << 20

    private struct Content {
        var waiting: [UInt8] = []
        /// How many bytes have been taken to be written, and how many of them have been written.
        var taken = 0
        var written = 0
        var dropped = 0
        var isEnabled = true
    }

    private let content = Mutex(Content())
    private let descriptor: Int32
    private let wakeDescriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC))
        let reference = Unmanaged.passRetained(self).toOpaque()
        let status = clinux_start_thread(
            { raw in
                guard let raw else { return }
                clinux_name_thread("console")
                Unmanaged<ConsoleWriter>.fromOpaque(raw).takeRetainedValue().run()
            },
            reference
        )
        precondition(status == 0, "cannot start a thread")
    }

    /// Queues a text. Never waits.
    public func write(_ text: String) {
        let wasEmpty = content.withLock { content in
            guard content.isEnabled else { return false }
            let bytes = text.utf8
            guard content.waiting.count + bytes.count <= ConsoleWriter.capacity else {
                content.dropped += bytes.count
                return false
            }
            let wasEmpty = content.waiting.isEmpty
            if content.dropped > 0 {
                content.waiting += "... \(content.dropped) bytes of output were dropped ...\n".utf8
                content.dropped = 0
            }
            content.waiting += bytes
            return wasEmpty
        }
        if wasEmpty { eventfd_write(wakeDescriptor, 1) }
    }

    /// Drops everything from now on.
    public func disable() { content.withLock { $0.isEnabled = false } }

    /// Waits until everything is written that has been queued so far, but not longer than this.
    public func flush(timeoutMilliseconds: Int = 500) {
        let end = content.withLock { $0.taken + $0.waiting.count }
        for _ in 0..<timeoutMilliseconds * 10 {
            if content.withLock({ $0.written >= end }) { return }
            usleep(100)
        }
    }

    private func run() {
        while true {
            var count: eventfd_t = 0
            eventfd_read(wakeDescriptor, &count)
            while let bytes = take() { writeAll(bytes) }
        }
    }

    private func take() -> [UInt8]? {
        content.withLock { content in
            // What was taken before has been written since.
            content.written = content.taken
            guard !content.waiting.isEmpty else { return nil }
            let bytes = content.waiting
            content.taken += bytes.count
            content.waiting = []
            return bytes
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest.removeFirst(count)
            } else if errno == EAGAIN {
                var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                Glibc.poll(&poll, 1, -1)
            } else if errno != EINTR {
                return
            }
        }
    }
}
