import ZeroMQ

/// Sends many requests without waiting for the reply of one before the next, and checks that each gets one.
actor HostileClient {
    nonisolated let loop = EventLoop()
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let socket: Socket
    private let window: Int
    private var requests: HostileRequests
    private var unsent: Int
    private var nextNumber: UInt64 = 0
    private var open: [UInt64: [[UInt8]]] = [:]
    private var finished: CheckedContinuation<Void, Never>?
    /// What was wrong with replies.
    private(set) var problems: [String] = []
    private(set) var replies = 0
    private(set) var refusals = 0

    init(address: String, seed: UInt64, count: Int, window: Int = 64) throws {
        let socket = try Socket(.dealer, in: Context())
        try socket.connect(to: address)
        let descriptor = socket.descriptor
        self.socket = socket
        self.window = window
        requests = HostileRequests(seed: seed)
        unsent = count
        loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        loop.start(named: "hostile-client")
    }

    deinit { loop.stop() }

    /// Sends everything and waits for the last reply.
    func run() async {
        await withCheckedContinuation { continuation in
            finished = continuation
            send()
        }
    }

    /// The requests that no reply has come to, for whoever wants to know why `run()` does not end.
    var unanswered: [[[UInt8]]] { Array(open.values) }

    private func send() {
        while unsent > 0, open.count < window {
            let frames = requests.next()
            let number = nextNumber
            guard (try? socket.send([number.bytes, []] + frames)) != nil else { return }
            nextNumber += 1
            unsent -= 1
            open[number] = frames
        }
    }

    private func drain() -> Bool {
        var didAnything = false
        while let frames = try? socket.receive() {
            didAnything = true
            take(frames)
        }
        if didAnything { send() }
        if unsent == 0, open.isEmpty {
            finished?.resume()
            finished = nil
        }
        return didAnything
    }

    private func take(_ frames: [[UInt8]]) {
        guard frames.count == 3, let request = open.removeValue(forKey: UInt64(littleEndianBytes: frames[0])) else {
            problems.append("a reply to no request, or a second one")
            return
        }
        replies += 1
        // Texts are compared, because reading a million replies as JSON would be the longest part of the test.
        let reply = frames[2]
        if reply.starts(with: #"{"success": false, "msg": ""#.utf8) {
            refusals += 1
        } else if !reply.starts(with: #"{"success": true, "#.utf8), !reply.starts(with: #"{"msg": "RE Manager"#.utf8) {
            let text = String(decoding: request.joined().prefix(200), as: UTF8.self)
            problems.append("'\(text)' gave '\(String(decoding: reply.prefix(200), as: UTF8.self))'")
        }
    }
}

extension UInt64 {
    fileprivate var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }

    fileprivate init(littleEndianBytes bytes: [UInt8]) { self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
