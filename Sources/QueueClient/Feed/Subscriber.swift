internal import Wire
internal import ZeroMQ

/// Receives the messages of a publishing socket and hands them on.
actor Subscriber {
    private nonisolated let loop = EventLoop()
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let socket: Socket
    private let encoding: MessageEncoding
    private let deliver: @Sendable (ManagerMessage) -> Void

    /// Connects in the background.
    ///
    /// - Throws: ``QueueClientError`` if the address or a key cannot be used.
    init(
        configuration: ClientConfiguration,
        topics: Set<ManagerMessage.Topic>,
        deliver: @escaping @Sendable (ManagerMessage) -> Void
    ) throws {
        let socket = try Socket(.subscribe, in: Context())
        for topic in topics { socket.subscribe(to: topic.rawValue) }
        socket.setHeartbeat(milliseconds: 5000)
        if configuration.encryptsInfo { try configuration.encrypt(socket) }
        do throws(ZeroMQError) {
            try socket.connect(to: configuration.infoAddress)
        } catch {
            throw QueueClientError.badAddress(configuration.infoAddress, reason: error.reason)
        }
        let descriptor = socket.descriptor
        self.socket = socket
        encoding = configuration.encoding
        self.deliver = deliver
        loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        loop.start(named: "manager-feed")
    }

    deinit { loop.stop() }

    private func drain() -> Bool {
        var didAnything = false
        while let frames = try? socket.receive() {
            didAnything = true
            if let message = ManagerMessage(frames: frames, encoding: encoding) { deliver(message) }
        }
        return didAnything
    }
}
