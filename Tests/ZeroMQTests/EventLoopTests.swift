import Testing
import ZeroMQ

/// Answers each message with itself.
private actor EchoServer {
    nonisolated let loop = EventLoop()
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let socket: Socket

    init(in context: Context) throws {
        socket = try Socket(.reply, in: context)
        loop.start(named: "echo")
    }

    func listen() throws -> String {
        try socket.bind(to: "tcp://127.0.0.1:*")
        loop.watch(socket.descriptor) { [self] in assumeIsolated { $0.drain() } }
        return socket.lastEndpoint
    }

    private func drain() -> Bool {
        var didAnything = false
        while let frames = try? socket.receive() {
            didAnything = true
            try? socket.send(frames)
        }
        return didAnything
    }
}

/// Sends requests one after the other and waits for each reply.
private actor Client {
    nonisolated let loop = EventLoop()
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let socket: Socket
    private var waiting: CheckedContinuation<[[UInt8]], Never>?

    init(in context: Context, address: String, keys: (client: CurveKeys, server: String)? = nil) throws {
        socket = try Socket(.request, in: context)
        if let keys { socket.setCurveClient(keys.client, serverKey: keys.server) }
        try socket.connect(to: address)
        loop.start(named: "client")
    }

    func watch() {
        loop.watch(socket.descriptor) { [self] in assumeIsolated { $0.drain() } }
    }

    func ask(_ frames: [[UInt8]]) async throws -> [[UInt8]] {
        try socket.send(frames)
        return await withCheckedContinuation { waiting = $0 }
    }

    private func drain() -> Bool {
        guard let frames = try? socket.receive() else { return false }
        waiting?.resume(returning: frames)
        waiting = nil
        return true
    }
}

@Suite struct EventLoopTests {
    @Test func `an actor on an event loop answers each request`() async throws {
        let context = Context()
        let server = try EchoServer(in: context)
        let client = try Client(in: context, address: try await server.listen())
        await client.watch()
        for size in [0, 1, 100, 1_000_000] {
            let frames = [[UInt8](repeating: 7, count: size), [1, 2]]
            #expect(try await client.ask(frames) == frames)
        }
        server.loop.stop()
        client.loop.stop()
    }

    @Test func `a taken address is an error that names it`() throws {
        let context = Context()
        let first = try Socket(.reply, in: context)
        try first.bind(to: "tcp://127.0.0.1:*")
        let second = try Socket(.reply, in: context)
        let address = first.lastEndpoint
        var caught: ZeroMQError?
        do throws(ZeroMQError) { try second.bind(to: address) } catch { caught = error }
        #expect(caught?.isAddressInUse == true)
        #expect(caught?.description == "bind to \(address): Address already in use")
    }

    @Test func `keys are checked before use`() {
        let keys = CurveKeys.generate()
        #expect(CurveKeys(secretKey: keys.secretKey) == keys)
        #expect(CurveKeys(secretKey: "too short") == nil)
        #expect(!CurveKeys.isValid(String(repeating: "\"", count: 40)))
    }
}
