import FakeManager
import QueueClient
import Testing
import Wire
import ZeroMQ

private func configuration(_ address: String, timeout: Duration = .seconds(5)) -> ClientConfiguration {
    var configuration = ClientConfiguration()
    configuration.controlAddress = address
    configuration.timeout = timeout
    return configuration
}

/// An address at which nobody listens until a test does.
private func freshAddress() -> String { "ipc:///tmp/queue-client-test-\(UInt64.random(in: 0...UInt64.max))" }

@Suite struct ConnectionTests {
    @Test func `a request reaches the manager and its reply comes back`() async throws {
        let manager = try FakeManager { _ in ["success": true, "msg": "", "items": [1, 2.0]] }
        let client = try QueueClient(configuration(manager.controlAddress))
        let reply = try await client.request("queue_get", ["a": nil])
        #expect(reply["items"]?.encodedText == "[1, 2.0]")
        #expect(await manager.requests == [.init(method: "queue_get", parameters: ["a": nil])])
    }

    @Test func `requests of many tasks find their replies`() async throws {
        let manager = try FakeManager { ["success": true, "msg": .string($0.method)] }
        let client = try QueueClient(configuration(manager.controlAddress))
        try await withThrowingTaskGroup(of: (String, JSONObject).self) { group in
            for number in 0..<100 {
                group.addTask { ("m\(number)", try await client.request("m\(number)")) }
            }
            for try await (method, reply) in group { #expect(reply["msg"]?.string == method) }
        }
    }

    @Test func `a manager that is not there is named as such`() async throws {
        let address = freshAddress()
        let client = try QueueClient(configuration(address, timeout: .milliseconds(50)))
        await #expect(throws: QueueClientError.noManager(address: address)) { try await client.ping() }
    }

    @Test func `a manager that comes later answers later requests and never sees the earlier`() async throws {
        let address = freshAddress()
        let client = try QueueClient(configuration(address))
        await #expect(throws: QueueClientError.noManager(address: address)) {
            try await client.request("queue_start", timeout: .milliseconds(50))
        }
        let manager = try FakeManager(at: address)
        _ = try await client.request("queue_get")
        #expect(await manager.requests.map(\.method) == ["queue_get"])
    }

    @Test func `a late reply is dropped and the next request gets its own`() async throws {
        let manager = try FakeManager { $0.method == "slow" ? nil : ["success": true, "msg": "prompt"] }
        let client = try QueueClient(configuration(manager.controlAddress))
        _ = try await client.request("first")
        let timeout = Duration.milliseconds(50)
        await #expect(
            throws: QueueClientError.noAnswer(method: "slow", address: manager.controlAddress, timeout: timeout)
        ) {
            try await client.request("slow", timeout: timeout)
        }
        async let next = client.request("next")
        try await manager.release()
        #expect(try await next["msg"]?.string == "prompt")
    }

    @Test func `only of requests that change something it is said that they may have been carried out`() {
        func text(_ method: String) -> String {
            QueueClientError.noAnswer(method: method, address: "tcp://a:1", timeout: .seconds(2)).description
        }
        #expect(text("queue_start").hasSuffix("Whether the request was carried out is not known."))
        #expect(text("status").hasSuffix("It may be busy or restarting."))
    }

    /// A manager at an address that another one has only just left.
    private func successor(at address: String) async -> FakeManager {
        while true {
            if let manager = try? FakeManager(at: address) { return manager }
            await Task.yield()
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `when the manager vanishes, a reading request goes to its successor, any other fails`() async throws {
        var manager: FakeManager? = try FakeManager { _ in nil }
        let address = try #require(manager?.controlAddress)
        let client = try QueueClient(configuration(address, timeout: .seconds(50)))
        let start = Task { try await client.queueStart() }
        while await manager?.requests.isEmpty == true { await Task.yield() }
        let get = Task { try await client.queueGet() }
        // The second request is sent when the third has got through the client.
        await #expect(throws: QueueClientError.self) { try await client.request("x", timeout: .milliseconds(20)) }
        manager = nil
        await #expect(throws: QueueClientError.connectionLost(method: "queue_start", address: address)) {
            try await start.value
        }
        let second = await successor(at: address)
        #expect(try await get.value.items == [])
        #expect(await second.requests.map(\.method) == ["queue_get"])
    }

    @Test func `a cancelled request ends at once`() async throws {
        let manager = try FakeManager { _ in nil }
        let client = try QueueClient(configuration(manager.controlAddress, timeout: .seconds(3600)))
        let request = Task { try await client.request("slow") }
        while await manager.requests.isEmpty { await Task.yield() }
        request.cancel()
        await #expect(throws: CancellationError.self) { try await request.value }
    }

    @Test func `a reply that is no object is refused`() async throws {
        let manager = try FakeManager { _ in [1] }
        let client = try QueueClient(configuration(manager.controlAddress))
        let error = await #expect(throws: QueueClientError.self) { try await client.ping() }
        #expect(error?.description == "The reply to 'ping' cannot be read: it is <class 'list'>, not an object.")
    }

    @Test func `requests and replies can be MessagePack`() async throws {
        let manager = try FakeManager(encoding: .msgpack) { request in ["method": .string(request.method), "x": [1.5]] }
        var settings = configuration(manager.controlAddress)
        settings.encoding = .msgpack
        #expect(try await QueueClient(settings).request("m", ["a": 1]) == ["method": "m", "x": [1.5]])
        #expect(await manager.requests == [.init(method: "m", parameters: ["a": 1])])
    }

    @Test func `an address that libzmq cannot use is an error at once`() {
        let error = #expect(throws: QueueClientError.self) { try QueueClient(configuration("nonsense")) }
        #expect(error == .badAddress("nonsense", reason: "Invalid argument"))
    }

    @Test func `the environment of the process gives addresses and key, empty values count as none`() throws {
        let configuration = try ClientConfiguration.fromEnvironment([
            "QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://there:1", "QSERVER_ZMQ_INFO_ADDRESS": "",
            "QSERVER_ZMQ_PUBLIC_KEY": "",
        ])
        #expect(configuration.controlAddress == "tcp://there:1")
        #expect(configuration.infoAddress == "tcp://localhost:60625")
        #expect(configuration.serverPublicKey == nil)
    }
}

@Suite struct EncryptionTests {
    private let keys = CurveKeys.generate()

    private func client(of manager: FakeManager, key: String?, timeout: Duration = .seconds(5)) throws -> QueueClient {
        var configuration = configuration(manager.controlAddress, timeout: timeout)
        configuration.serverPublicKey = key
        return try QueueClient(configuration)
    }

    /// The error of a request once the connection was tried, which a busy machine may not do within one request.
    private func settledError(of client: QueueClient) async -> QueueClientError? {
        while true {
            do {
                _ = try await client.ping()
                return nil
            } catch QueueClientError.noManager {
                continue
            } catch {
                return error as? QueueClientError
            }
        }
    }

    @Test func `the right key opens an encrypted manager`() async throws {
        let manager = try FakeManager(keys: keys)
        let client = try client(of: manager, key: keys.publicKey)
        #expect(try await client.request("ping")["success"] == true)
    }

    @Test(.timeLimit(.minutes(1))) func `a wrong key is told from a manager that is not there`() async throws {
        let manager = try FakeManager(keys: keys)
        let client = try client(of: manager, key: CurveKeys.generate().publicKey, timeout: .milliseconds(100))
        #expect(
            await settledError(of: client) == .noHandshake(address: manager.controlAddress, isEncrypted: true)
        )
    }

    @Test(.timeLimit(.minutes(1))) func `a missing key is told from a manager that is not there`() async throws {
        let manager = try FakeManager(keys: keys)
        let client = try client(of: manager, key: nil, timeout: .milliseconds(100))
        #expect(
            await settledError(of: client) == .noHandshake(address: manager.controlAddress, isEncrypted: false)
        )
    }

    @Test func `a text that is no key is refused`() throws {
        let manager = try FakeManager(keys: keys)
        #expect(throws: QueueClientError.badPublicKey("short")) { try client(of: manager, key: "short") }
    }
}
