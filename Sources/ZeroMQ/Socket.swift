internal import CZeroMQ

/// A libzmq socket. It belongs to one thread at a time, which holding it in an actor on an ``EventLoop`` ensures.
///
/// Sends and receives never wait. A message is an array of frames.
public struct Socket: ~Copyable {
    /// The pattern that a socket speaks.
    public enum Kind: Sendable {
        case request, reply, publish, subscribe, dealer, router, pair
    }

    let handle: UnsafeMutableRawPointer
    private let context: Context

    /// Opens a socket. Nothing that is unsent keeps the process alive when it is closed.
    ///
    /// - Throws: ``ZeroMQError``, for example when too many sockets are open.
    public init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
        let code =
            switch kind {
            case .request: ZMQ_REQ
            case .reply: ZMQ_REP
            case .publish: ZMQ_PUB
            case .subscribe: ZMQ_SUB
            case .dealer: ZMQ_DEALER
            case .router: ZMQ_ROUTER
            case .pair: ZMQ_PAIR
            }
        guard let handle = zmq_socket(context.handle, code) else { throw ZeroMQError("open a socket") }
        self.handle = handle
        self.context = context
        set(ZMQ_LINGER, 0)
    }

    deinit { zmq_close(handle) }

    // MARK: Addresses

    /// Listens on an address, for example `tcp://127.0.0.1:60615`, `tcp://127.0.0.1:*` or `ipc:///run/x/worker`.
    ///
    /// - Throws: ``ZeroMQError``, for example when the address is taken.
    public func bind(to address: String) throws(ZeroMQError) {
        guard zmq_bind(handle, address) == 0 else { throw ZeroMQError("bind to \(address)") }
    }

    /// Connects to an address; libzmq goes on trying in the background.
    ///
    /// - Throws: ``ZeroMQError`` if the address is malformed.
    public func connect(to address: String) throws(ZeroMQError) {
        guard zmq_connect(handle, address) == 0 else { throw ZeroMQError("connect to \(address)") }
    }

    /// The address bound last, with the port that `*` became.
    public var lastEndpoint: String {
        var buffer = [UInt8](repeating: 0, count: 1024)
        var size = buffer.count
        guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &buffer, &size) == 0, size > 0 else { return "" }
        return String(decoding: buffer[..<(size - 1)], as: UTF8.self)
    }

    // MARK: Options

    /// Sets how many messages may wait for one peer; 0 means no limit. The default is 1,000.
    public func setHighWaterMark(_ count: Int) {
        set(ZMQ_SNDHWM, Int32(count))
        set(ZMQ_RCVHWM, Int32(count))
    }

    /// Sets how many bytes a message may have. A peer that sends a longer one is disconnected; without a limit, it could
    /// fill the memory.
    public func setMaximumMessageSize(_ count: Int) {
        var count = Int64(count)
        zmq_setsockopt(handle, ZMQ_MAXMSGSIZE, &count, MemoryLayout<Int64>.size)
    }

    /// Notices after two minutes that the machine of a peer is gone (TCP).
    public func setKeepAlive() {
        set(ZMQ_TCP_KEEPALIVE, 1)
        set(ZMQ_TCP_KEEPALIVE_IDLE, 60)
        set(ZMQ_TCP_KEEPALIVE_INTVL, 20)
        set(ZMQ_TCP_KEEPALIVE_CNT, 3)
    }

    /// Sets how long closing the socket waits for unsent messages, in milliseconds.
    public func setLinger(milliseconds: Int) { set(ZMQ_LINGER, Int32(milliseconds)) }

    /// Sets the pause before the first reconnection, in milliseconds.
    public func setReconnectInterval(milliseconds: Int) { set(ZMQ_RECONNECT_IVL, Int32(milliseconds)) }

    /// Allows a request socket to send again without having got a reply, and drops replies that come too late.
    public func setRelaxedRequests() {
        set(ZMQ_REQ_RELAXED, 1)
        set(ZMQ_REQ_CORRELATE, 1)
    }

    /// Queues messages for peers that are there, never for a peer that may come later: without one, a send would block.
    public func setOnlyConnectedPeers() { set(ZMQ_IMMEDIATE, 1) }

    /// Checks idle connections this often, in milliseconds, and opens them anew when the peer is silent three times as
    /// long. Without it, a peer that vanished without a word is not noticed.
    public func setHeartbeat(milliseconds: Int) {
        set(ZMQ_HEARTBEAT_IVL, Int32(milliseconds))
        set(ZMQ_HEARTBEAT_TIMEOUT, Int32(milliseconds * 3))
    }

    /// Lets a new peer of the same identity take the place of the old one (router sockets).
    public func setRouterHandover() { set(ZMQ_ROUTER_HANDOVER, 1) }

    /// Makes it an error to send to a peer that is not there (router sockets); by default the message is dropped.
    public func setRefusesUnknownPeers() { set(ZMQ_ROUTER_MANDATORY, 1) }

    /// Receives messages whose first frame begins with `topic` (subscribe sockets); an empty topic means all.
    public func subscribe(to topic: String) {
        zmq_setsockopt(handle, ZMQ_SUBSCRIBE, topic, topic.utf8.count)
    }

    /// Encrypts the socket as a CURVE server.
    public func setCurveServer(_ keys: CurveKeys) {
        set(ZMQ_CURVE_SERVER, 1)
        set(ZMQ_CURVE_PUBLICKEY, keys.publicKey)
        set(ZMQ_CURVE_SECRETKEY, keys.secretKey)
    }

    /// Encrypts the socket as a CURVE client of the server with this public key.
    public func setCurveClient(_ keys: CurveKeys, serverKey: String) {
        set(ZMQ_CURVE_SERVERKEY, serverKey)
        set(ZMQ_CURVE_PUBLICKEY, keys.publicKey)
        set(ZMQ_CURVE_SECRETKEY, keys.secretKey)
    }

    private func set(_ option: Int32, _ value: Int32) {
        var value = value
        zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size)
    }

    private func set(_ option: Int32, _ value: String) {
        zmq_setsockopt(handle, option, value, value.utf8.count)
    }

    // MARK: Messages

    /// Sends a message of one frame.
    ///
    /// - Throws: ``ZeroMQError``; ``ZeroMQError/isWouldBlock`` if it cannot be queued now.
    public func send(_ frame: [UInt8]) throws(ZeroMQError) { try send(frame, flags: 0) }

    /// Sends a message of several frames.
    ///
    /// - Throws: ``ZeroMQError``; ``ZeroMQError/isWouldBlock`` if it cannot be queued now.
    public func send(_ frames: [[UInt8]]) throws(ZeroMQError) {
        for (index, frame) in frames.enumerated() {
            try send(frame, flags: index < frames.count - 1 ? ZMQ_SNDMORE : 0)
        }
    }

    private func send(_ frame: [UInt8], flags: Int32) throws(ZeroMQError) {
        while true {
            let sent = frame.withUnsafeBytes { zmq_send(handle, $0.baseAddress, $0.count, ZMQ_DONTWAIT | flags) }
            if sent >= 0 { return }
            let number = zmq_errno()
            if number != EINTR { throw ZeroMQError("send", number: number) }
        }
    }

    /// Takes the next message, or nil if none has arrived.
    ///
    /// - Throws: ``ZeroMQError``, for example when a reply socket owes a reply.
    public func receive() throws(ZeroMQError) -> [[UInt8]]? {
        guard let first = try receiveFrame({ _ in }) else { return nil }
        return try followed(first.bytes)
    }

    /// Takes the next message with what is known of its sender, or nil if none has arrived.
    ///
    /// - Throws: ``ZeroMQError``, for example when a reply socket owes a reply.
    public func receiveWithSender() throws(ZeroMQError) -> (frames: [[UInt8]], sender: Sender)? {
        guard let first = try receiveFrame({ Sender(of: &$0) }) else { return nil }
        return (try followed(first.bytes), first.note)
    }

    /// A frame with those that belong to the same message.
    private func followed(_ first: [UInt8]) throws(ZeroMQError) -> [[UInt8]] {
        var frames = [first]
        while hasMoreFrames, let frame = try receiveFrame({ _ in }) { frames.append(frame.bytes) }
        return frames
    }

    private func receiveFrame<Note>(
        _ note: (inout zmq_msg_t) -> Note
    ) throws(ZeroMQError) -> (bytes: [UInt8], note: Note)? {
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        while zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) < 0 {
            let number = zmq_errno()
            if number == EAGAIN { return nil }
            if number != EINTR { throw ZeroMQError("receive", number: number) }
        }
        let size = zmq_msg_size(&message)
        guard size > 0, let data = zmq_msg_data(&message) else { return ([], note(&message)) }
        return ([UInt8](UnsafeRawBufferPointer(start: data, count: size)), note(&message))
    }

    private var hasMoreFrames: Bool {
        var more: Int32 = 0
        var size = MemoryLayout<Int32>.size
        return zmq_getsockopt(handle, ZMQ_RCVMORE, &more, &size) == 0 && more != 0
    }

    /// The descriptor that signals activity of the socket. It is edge-triggered: see ``EventLoop/watch(_:handler:)``.
    public var descriptor: Int32 {
        var descriptor: Int32 = -1
        var size = MemoryLayout<Int32>.size
        zmq_getsockopt(handle, ZMQ_FD, &descriptor, &size)
        return descriptor
    }
}
