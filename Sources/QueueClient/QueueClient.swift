public import Wire
internal import ZeroMQ

/// A connection to a run-engine manager.
///
/// Each method of the manager's API is a method here, under the API's name:
///
///     let client = try QueueClient()
///     try await client.environmentOpen()
///     try await client.waitForEnvironment()
///     try await client.queueItemAdd(.plan("count", [["det1", "det2"]], keywordArguments: ["num": 5]))
///     try await client.queueStart()
///     try await client.waitForIdle(timeout: .seconds(60))
///
/// Methods throw ``QueueClientError``: ``QueueClientError/refused(method:message:reply:)`` when the manager says no, and
/// otherwise what is wrong with the connection. The client survives all of these errors:
///
/// - A request without a reply within ``ClientConfiguration/timeout`` is forgotten, and its late reply is dropped.
/// - When the manager vanishes while it owes a reply, a request that only reads is sent again to its successor; any
///   other fails at once with ``QueueClientError/connectionLost(method:address:)``.
/// - A request is not kept for a manager that is not there beyond its time-out, so nothing is carried out long after
///   its caller gave up.
///
/// Calls may be made from several tasks at once; the manager serves them one after the other.
public actor QueueClient {
    /// The settings that the client was made with.
    public nonisolated let configuration: ClientConfiguration

    nonisolated let loop = EventLoop()
    /// The thread that owns the sockets.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private let socket: Socket
    private let monitor: ConnectionMonitor
    private var connection = ConnectionState.unreachable
    private var pending = PendingRequests<Waiter>()
    private var timer: (deadline: ContinuousClock.Instant, task: Task<Void, Never>)?

    /// Makes a client; it connects in the background.
    ///
    /// - Throws: ``QueueClientError/badPublicKey(_:)``, ``QueueClientError/badSecretFile(_:)`` or
    ///   ``QueueClientError/badAddress(_:reason:)``.
    public init(_ configuration: ClientConfiguration = ClientConfiguration()) throws {
        self.configuration = configuration
        let context = Context()
        // A dealer that adds the envelope of a request socket: replies find their request by number, so that late ones
        // do no harm and several requests may be under way.
        let socket = try Socket(.dealer, in: context)
        socket.setOnlyConnectedPeers()
        socket.setHeartbeat(milliseconds: 5000)
        try configuration.encrypt(socket)
        let monitor = try ConnectionMonitor(of: socket, in: context)
        do throws(ZeroMQError) {
            try socket.connect(to: configuration.controlAddress)
        } catch {
            throw QueueClientError.badAddress(configuration.controlAddress, reason: error.reason)
        }
        let descriptors = [socket.descriptor, monitor.descriptor]
        self.socket = socket
        self.monitor = monitor
        for descriptor in descriptors {
            loop.watch(descriptor) { [weak self] in self?.assumeIsolated { $0.drain() } ?? false }
        }
        loop.start(named: "queue-client")
    }

    deinit {
        timer?.task.cancel()
        loop.stop()
    }

    // MARK: Requests

    /// Sends any request and returns the reply as it is, whether `success` is true or not.
    ///
    /// - Parameters:
    ///   - method: The API's name of the method, for example `queue_get`.
    ///   - parameters: Its parameters by name. Nothing is added to them.
    ///   - timeout: How long to wait; nil means ``ClientConfiguration/timeout``.
    /// - Throws: ``QueueClientError`` if there is no usable reply, `CancellationError` if the task is cancelled.
    public func request(
        _ method: String,
        _ parameters: JSONObject = [:],
        timeout: Duration? = nil
    ) async throws -> JSONObject {
        try await reply(to: Request(method, parameters), timeout: timeout)
    }

    /// Sends a request and returns the reply as it is, whether `success` is true or not.
    ///
    /// - Throws: ``QueueClientError`` if there is no usable reply, `CancellationError` if the task is cancelled.
    public func reply(to request: Request, timeout: Duration? = nil) async throws -> JSONObject {
        let bytes = try await exchange(request, timeout: timeout ?? configuration.timeout)
        do {
            let value = try configuration.encoding.decode(bytes)
            if let object = value.object { return object }
            throw QueueClientError.badReply(method: request.method, reason: "it is \(value.pythonType), not an object")
        } catch let error as QueueClientError {
            throw error
        } catch {
            throw QueueClientError.badReply(method: request.method, reason: unreadable(bytes, error))
        }
    }

    /// Why a reply cannot be read; the manager may write in the other encoding.
    private func unreadable(_ bytes: [UInt8], _ error: any Error) -> String {
        for encoding in MessageEncoding.allCases where encoding != configuration.encoding {
            if (try? encoding.decode(bytes))?.object != nil {
                return "it is in the encoding \(encoding.rawValue) (--zmq-encoding, QSERVER_ZMQ_ENCODING)"
            }
        }
        return "\(error)"
    }

    /// Completes the request with the user, group and lock key of the configuration, sends it and returns the reply.
    ///
    /// - Throws: ``QueueClientError/refused(method:message:reply:)`` if the manager refuses, otherwise as ``reply(to:timeout:)``.
    @discardableResult
    func perform(_ request: Request) async throws -> JSONObject {
        let reply = try await reply(to: request.completed(with: configuration))
        if reply["success"]?.bool == false {
            let message = reply["msg"]?.string ?? "The manager refused '\(request.method)' without a reason."
            throw QueueClientError.refused(method: request.method, message: message, reply: reply)
        }
        return reply
    }

    // MARK: Exchange

    private struct Waiter {
        let method: String
        let timeout: Duration
        let continuation: CheckedContinuation<[UInt8], any Error>
    }

    private func exchange(_ request: Request, timeout: Duration) async throws -> [UInt8] {
        try Task.checkCancellation()
        let message = request.encoded(as: configuration.encoding)
        let number = pending.makeNumber()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let deadline = ContinuousClock.now + timeout
                pending.add(
                    number,
                    message,
                    isRepeatable: request.isReadOnly,
                    deadline: deadline,
                    waiter: Waiter(method: request.method, timeout: timeout, continuation: continuation)
                )
                wake(at: deadline)
                _ = drain()
            }
        } onCancel: {
            Task { [weak self] in await self?.cancel(number) }
        }
    }

    private func cancel(_ number: UInt64) {
        pending.remove(number)?.continuation.resume(throwing: CancellationError())
    }

    /// Makes sure that the requests are looked through at `deadline`. One timer serves all requests: starting and
    /// stopping one for each would take longer than most replies.
    private func wake(at deadline: ContinuousClock.Instant) {
        if let timer, timer.deadline <= deadline { return }
        timer?.task.cancel()
        let task = Task { [weak self] in
            guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
            await self?.giveUpExpired()
        }
        timer = (deadline, task)
    }

    private func giveUpExpired() {
        timer = nil
        _ = drain()
        for waiter in pending.removeExpired(at: .now) {
            let error = connection.error(
                method: waiter.method,
                address: configuration.controlAddress,
                isEncrypted: configuration.serverPublicKey != nil,
                timeout: waiter.timeout
            )
            waiter.continuation.resume(throwing: error)
        }
        if let deadline = pending.nextDeadline { wake(at: deadline) }
    }

    /// Sends what can be sent and takes what has arrived. Returns whether there was anything.
    private func drain() -> Bool {
        var didAnything = false
        var isLost = false
        while let event = monitor.next() {
            didAnything = true
            if event == .disconnected, connection == .ready { isLost = true }
            connection.apply(event)
        }
        while let frames = try? socket.receive() {
            didAnything = true
            guard frames.count == 3, let number = UInt64(bytes: frames[0]) else { continue }
            pending.remove(number)?.continuation.resume(returning: frames[2])
        }
        // What arrived before the connection was lost has been taken by now; nothing else will come.
        if isLost {
            for waiter in pending.loseReplies() {
                let error = QueueClientError.connectionLost(
                    method: waiter.method,
                    address: configuration.controlAddress
                )
                waiter.continuation.resume(throwing: error)
            }
        }
        return sendPending() || didAnything
    }

    private func sendPending() -> Bool {
        // libzmq would still take messages for a connection that has just broken.
        guard connection == .ready else { return false }
        var didAnything = false
        while let (number, message) = pending.nextUnsent() {
            do {
                try socket.send([number.bytes, [], message])
                pending.markSent(number)
            } catch  where error.isWouldBlock {
                return didAnything
            } catch {
                pending.remove(number)?.continuation.resume(throwing: error)
            }
            didAnything = true
        }
        return didAnything
    }
}

extension UInt64 {
    fileprivate var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }

    fileprivate init?(bytes: [UInt8]) {
        guard bytes.count == 8 else { return nil }
        self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
