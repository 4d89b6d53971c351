import Wire
import ZeroMQ

/// Sends bytes as they are and returns the reply as JSON.
actor RawClient {
    nonisolated let loop = EventLoop()
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let socket: Socket
    private var waiting: CheckedContinuation<[UInt8], any Error>?

    private let encoding: MessageEncoding

    init(address: String, encoding: MessageEncoding = .json) throws {
        self.encoding = encoding
        let socket = try Socket(.request, in: Context())
        try socket.connect(to: address)
        let descriptor = socket.descriptor
        self.socket = socket
        loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        loop.start(named: "raw-client")
    }

    deinit { loop.stop() }

    func ask(_ frames: [[UInt8]]) async throws -> JSONValue {
        try socket.send(frames)
        let reply = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiting = $0 }
        } onCancel: {
            Task { await self.giveUp() }
        }
        return try encoding.decode(reply)
    }

    private func giveUp() {
        waiting?.resume(throwing: CancellationError())
        waiting = nil
    }

    func ask(_ text: String) async throws -> JSONValue { try await ask([Array(text.utf8)]) }

    func ask(_ request: JSONObject) async throws -> JSONValue { try await ask([encoding.encode(request)]) }

    private func drain() -> Bool {
        guard let frame = try? socket.receive()?.first else { return false }
        waiting?.resume(returning: frame)
        waiting = nil
        return true
    }
}
