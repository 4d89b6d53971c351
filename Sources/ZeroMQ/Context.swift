internal import CZeroMQ
internal import Synchronization

/// The owner of libzmq's I/O thread. One per process is enough; sockets keep theirs alive.
public final class Context: Sendable {
    // A libzmq context may be used from any thread at once.
    nonisolated(unsafe) let handle: UnsafeMutableRawPointer
    private let isTerminated = Mutex(false)

    /// Makes a context with one I/O thread.
    public init() {
        guard let handle = zmq_ctx_new() else { fatalError("libzmq cannot allocate a context") }
        self.handle = handle
    }

    deinit { terminate() }

    /// Waits until what closed sockets have still to send is sent or their linger period is over: for a process that is
    /// about to end. All sockets must have been closed before, or this never returns.
    public func terminate() {
        let wasTerminated = isTerminated.withLock { isTerminated in
            defer { isTerminated = true }
            return isTerminated
        }
        if !wasTerminated { zmq_ctx_term(handle) }
    }
}
