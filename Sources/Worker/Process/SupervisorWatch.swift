internal import CLinux
internal import Glibc
internal import ZeroMQ

/// Waits for the end of the supervisor.
struct SupervisorWatch: ~Copyable {
    private let descriptor: Int32
    private let watch: EventLoop.Watch
    private let loop: EventLoop

    /// Begins to wait; nil if there is no such process any more.
    ///
    /// - Parameter onEnd: Called on the loop, again and again until this value is gone.
    init?(pid: Int, loop: EventLoop, onEnd: @escaping @Sendable () -> Void) {
        let descriptor = clinux_pidfd_open(pid_t(pid))
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        self.loop = loop
        watch = loop.watch(descriptor) {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard Glibc.poll(&poll, 1, 0) > 0 else { return false }
            onEnd()
            return true
        }
    }

    deinit {
        loop.unwatch(watch)
        close(descriptor)
    }
}
