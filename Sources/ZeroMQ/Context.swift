internal import CZeroMQ

/// The owner of libzmq's I/O thread. One per process is enough; sockets keep theirs alive.
public final class Context: Sendable {
    // A libzmq context may be used from any thread at once.
    nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    /// Makes a context with one I/O thread.
    public init() {
        guard let handle = zmq_ctx_new() else { fatalError("libzmq cannot allocate a context") }
        self.handle = handle
    }

    deinit { zmq_ctx_term(handle) }
}
