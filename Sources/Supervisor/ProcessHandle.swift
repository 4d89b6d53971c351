internal import CLinux
internal import Glibc

/// A process, told from a later one of the same number by its start.
struct ProcessIdentity: Sendable, Equatable {
    /// The process id.
    let pid: Int
    /// In clock ticks since the machine started.
    let startTime: Int
}

/// Holds on to one process through its descriptor, which stands for this process alone even when its number has been
/// given to another one. It need not be a child.
final class ProcessHandle: Sendable {
    let identity: ProcessIdentity
    /// Becomes readable when the process has ended.
    let descriptor: Int32

    var pid: Int { identity.pid }

    /// The process that has this number now; nil if there is none.
    init?(pid: Int) {
        // The descriptor first: what is read afterwards belongs to its process, or that one has ended already.
        let descriptor = clinux_pidfd_open(pid_t(pid))
        guard descriptor >= 0 else { return nil }
        identity = ProcessIdentity(pid: pid, startTime: ProcessStatus(pid: Int32(pid))?.startTime ?? 0)
        self.descriptor = descriptor
    }

    /// The process that was noted earlier; nil if it has ended.
    convenience init?(_ identity: ProcessIdentity) {
        self.init(pid: identity.pid)
        guard self.identity == identity, !hasEnded else { return nil }
    }

    deinit { close(descriptor) }

    /// Whether the process has ended.
    var hasEnded: Bool { waitForEnd(milliseconds: 0) }

    /// Waits for the end, on the calling thread; returns whether it came.
    @discardableResult
    func waitForEnd(milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, milliseconds) > 0
    }

    func send(signal: Int32) { _ = clinux_pidfd_send_signal(descriptor, signal) }

    /// How the process has ended, as soon as it has; for a child, this takes the exit code from the kernel.
    var end: ProcessEnd {
        var status: Int32 = 0
        if waitpid(pid_t(pid), &status, WNOHANG) == pid_t(pid) { return ProcessEnd(waitStatus: status) }
        // Until the parent has been told, all can see it; afterwards only Linux 6.15 and later tell.
        if let found = ProcessStatus(pid: Int32(pid)), found.startTime == identity.startTime {
            return ProcessEnd(waitStatus: found.waitStatus)
        }
        return clinux_pidfd_exit_status(descriptor, &status) == 0 ? ProcessEnd(waitStatus: status) : .unknown
    }
}
