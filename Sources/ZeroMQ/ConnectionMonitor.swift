internal import CZeroMQ
internal import Synchronization

/// Reports what happens to the connections of a socket. It lives on the same thread as the socket.
public struct ConnectionMonitor: ~Copyable {
    /// A change of a connection.
    public enum Event: Sendable, Hashable {
        /// The transport is connected; the handshake follows.
        case connected
        /// The handshake is done: messages can flow.
        case ready
        /// The peer speaks another protocol or security mechanism, or refuses the keys.
        case handshakeFailed
        /// The connection is gone; libzmq tries again.
        case disconnected
        /// Nobody accepted the connection; libzmq tries again.
        case refused
        /// Anything else, as libzmq's number.
        case other(Int)
    }

    private let socket: Socket
    private static let count = Atomic<Int>(0)

    /// Starts to report on `observed`.
    ///
    /// - Throws: ``ZeroMQError``, for example when too many sockets are open.
    public init(of observed: borrowing Socket, in context: Context) throws(ZeroMQError) {
        let number = ConnectionMonitor.count.wrappingAdd(1, ordering: .relaxed).newValue
        let address = "inproc://connection-monitor-\(number)"
        guard zmq_socket_monitor(observed.handle, address, ZMQ_EVENT_ALL) == 0 else {
            throw ZeroMQError("observe a socket")
        }
        let socket = try Socket(.pair, in: context)
        try socket.connect(to: address)
        self.socket = socket
    }

    /// The next change, or nil if there is none to report.
    public func next() -> Event? {
        guard let frames = try? socket.receive(), let bytes = frames.first, bytes.count >= 2 else { return nil }
        return switch Int32(bytes[0]) | Int32(bytes[1]) << 8 {
        case ZMQ_EVENT_CONNECTED: .connected
        case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: .ready
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL, ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL,
            ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
            .handshakeFailed
        case ZMQ_EVENT_DISCONNECTED: .disconnected
        case ZMQ_EVENT_CLOSED: .refused
        case let number: .other(Int(number))
        }
    }

    /// The descriptor that signals reports. It is edge-triggered: see ``EventLoop/watch(_:handler:)``.
    public var descriptor: Int32 { socket.descriptor }
}
