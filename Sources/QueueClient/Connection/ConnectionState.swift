internal import ZeroMQ

/// How far the connection to the manager has come. It says what a missing reply means.
enum ConnectionState: Sendable, Hashable {
    /// Nobody has accepted a connection.
    case unreachable
    /// A connection was accepted, the handshake is not done.
    case accepted
    /// Messages can flow.
    case ready

    /// Takes in a report of the socket.
    mutating func apply(_ event: ConnectionMonitor.Event) {
        switch event {
        case .ready: self = .ready
        case .connected: self = .accepted
        case .refused: self = .unreachable
        case .disconnected: if self == .ready { self = .unreachable }
        // The disconnection that follows a refused handshake must not hide that a server is there.
        case .handshakeFailed: self = .accepted
        case .other: break
        }
    }

    /// The error for a request that got no reply.
    func error(method: String, address: String, isEncrypted: Bool, timeout: Duration) -> QueueClientError {
        switch self {
        case .unreachable: .noManager(address: address)
        case .accepted: .noHandshake(address: address, isEncrypted: isEncrypted)
        case .ready: .noAnswer(method: method, address: address, timeout: timeout)
        }
    }
}
