internal import CZeroMQ

/// A failed call of libzmq.
public struct ZeroMQError: Error, Hashable, CustomStringConvertible {
    /// The call that failed, for example `bind to tcp://127.0.0.1:60615`.
    public let operation: String
    /// The error number (errno or one of libzmq's own).
    public let number: Int32

    /// For example `bind to tcp://127.0.0.1:60615: Address already in use`.
    public var description: String { "\(operation): \(reason)" }

    /// The reason alone, for example `Address already in use`.
    public var reason: String { String(cString: zmq_strerror(number)) }

    /// Whether a non-blocking call found nothing to do.
    public var isWouldBlock: Bool { number == EAGAIN }

    /// Whether the address is taken by another socket.
    public var isAddressInUse: Bool { number == EADDRINUSE }

    init(_ operation: String, number: Int32 = zmq_errno()) {
        self.operation = operation
        self.number = number
    }
}
