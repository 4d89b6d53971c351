public import Wire
public import ZeroMQ

/// A manager for tests: it answers requests as it is told and notes them.
public actor FakeManager {
    /// A request as it arrived.
    public struct Request: Sendable, Hashable {
        /// Name of the method.
        public let method: String
        /// The parameters, as JSON.
        public let parameters: JSONValue

        /// A request to compare with.
        public init(method: String, parameters: JSONValue) {
            self.method = method
            self.parameters = parameters
        }
    }

    /// Makes the reply to a request; nil means that it is kept until ``release()``.
    public typealias Responder = @Sendable (Request) -> JSONValue?

    private nonisolated let loop = EventLoop()
    /// The thread that owns the sockets.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    /// Where the manager listens for requests.
    public nonisolated let controlAddress: String
    /// Where the manager publishes.
    public nonisolated let infoAddress: String

    private let control: Socket
    private let info: Socket
    private let encoding: MessageEncoding
    private let respond: Responder
    /// The requests so far.
    public private(set) var requests: [Request] = []

    /// Starts a manager.
    ///
    /// - Parameters:
    ///   - address: Where to listen; any free port of this machine by default.
    ///   - keys: The keys of the encrypted connection, if it is one.
    ///   - encoding: How its messages are written.
    ///   - respond: Makes the replies. By default each is `{"success": true, "msg": ""}`.
    public init(
        at address: String = "tcp://127.0.0.1:*",
        keys: CurveKeys? = nil,
        encoding: MessageEncoding = .json,
        respond: @escaping Responder = { _ in ["success": true, "msg": ""] }
    ) throws {
        let context = Context()
        let control = try Socket(.reply, in: context)
        if let keys { control.setCurveServer(keys) }
        try control.bind(to: address)
        let info = try Socket(.publish, in: context)
        try info.bind(to: "tcp://127.0.0.1:*")
        controlAddress = control.lastEndpoint
        infoAddress = info.lastEndpoint
        let descriptor = control.descriptor
        self.control = control
        self.info = info
        self.encoding = encoding
        self.respond = respond
        loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        loop.start(named: "fake-manager")
    }

    deinit { loop.stop() }

    /// Answers the request that was kept, with the reply `{"success": true, "msg": "late"}`.
    public func release() throws { try control.send(encoding.encode(["success": true, "msg": "late"])) }

    /// Forgets the requests so far.
    public func forgetRequests() { requests = [] }

    /// Publishes a message.
    public func publish(_ topic: String, _ message: JSONValue) throws {
        try info.send([Array(topic.utf8), encoding.encode(["time": 1.5, "msg": message])])
    }

    private func drain() -> Bool {
        var didAnything = false
        while let frames = try? control.receive() {
            didAnything = true
            guard let bytes = frames.first, let message = try? encoding.decode(bytes) else { continue }
            let request = Request(method: message["method"]?.string ?? "", parameters: message["params"] ?? .null)
            requests.append(request)
            guard let reply = respond(request) else { break }
            try? control.send(encoding == .json ? reply.encoded : reply.messagePack)
        }
        return didAnything
    }
}
