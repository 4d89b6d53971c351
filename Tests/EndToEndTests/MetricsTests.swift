import Glibc
import QueueClient
import RedisTestSupport
import Testing
import Wire

@Suite(.timeLimit(.minutes(2))) struct MetricsTests {
    private let item: JSONValue = [
        "item": ["item_type": "plan", "name": "count", "args": [["det1"]]], "user": "u", "user_group": "primary",
    ]

    @Test func `requests, plans and the length of the queue are counted`() async throws {
        try await withMetrics { manager, port in
            let client = try RawClient(address: manager.address)
            for _ in 0..<2 { _ = try await client.ask(["method": "queue_item_add", "params": item]) }
            _ = try await client.ask(["method": "queue_item_add"])
            _ = try await client.ask(["method": "no_such_method"])
            try await manager.openEnvironment()
            _ = try await client.ask(["method": "queue_start"])
            while try await client.ask(["method": "status"])["items_in_history"] != 2 {}
            _ = try await client.ask(["method": "queue_item_add", "params": item])

            let page = try get("/metrics", port)
            #expect(page.hasPrefix("HTTP/1.0 200 OK\r\n"))
            for line in [
                "re_manager_queue_items 1", "re_manager_history_items 2", "re_manager_environment_open 1",
                #"re_manager_requests_total{method="queue_item_add",outcome="success"} 3"#,
                #"re_manager_requests_total{method="queue_item_add",outcome="failure"} 1"#,
                #"re_manager_requests_total{method="unknown",outcome="failure"} 1"#,
                #"re_manager_plans_total{exit_status="completed"} 2"#, "re_manager_worker_starts_total 1",
                "re_manager_store_errors_total 0", "re_manager_ready 1", #"re_manager_state{state="paused"} 0"#,
            ] { #expect(page.contains("\n\(line)\n"), "\(line) in \(page)") }
            let total = page.split(separator: "\n").first { $0.contains(#"le="+Inf""#) }?.split(separator: " ").last
            #expect(page.contains("\nre_manager_request_seconds_count \(total ?? "?")\n"))

            #expect(try get("/ready", port).hasSuffix("\r\n\r\nready\n"))
            #expect(try get("/other", port).hasPrefix("HTTP/1.0 404"))
            #expect(try send("POST /metrics HTTP/1.1\r\n\r\n", port).hasPrefix("HTTP/1.0 405"))
        }
    }

    @Test func `a client that says nothing, or rubbish, disturbs nobody`() async throws {
        try await withMetrics { manager, port in
            let silent = try connection(port)
            defer { close(silent) }
            _ = try send(String(repeating: "x", count: 100_000), port)
            _ = try send("\u{0}\r\n\r\n", port)
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask(["method": "status"])["manager_state"] == "idle")
            #expect(try get("/ready", port).hasPrefix("HTTP/1.0 200"))
        }
    }

    @Test func `a manager whose store is away is not ready and says why, and is ready again by itself`() async throws {
        let server = try RedisServer()
        try await withMetrics(["--redis-addr", server.address]) { manager, port in
            let client = try RawClient(address: manager.address)
            #expect(try await client.ask(["method": "manager_ready"])["ready"] == true)
            server.end()
            #expect(try await client.ask(["method": "queue_item_add", "params": item])["success"] == false)
            let reply = try await client.ask(["method": "manager_ready"])
            #expect(reply["ready"] == false)
            #expect(reply["reasons"]?.array?.first?.string?.contains("Redis at unix://") == true, "\(reply)")
            let page = try get("/ready", port)
            #expect(page.hasPrefix("HTTP/1.0 503") && page.contains("the store cannot be written"), "\(page)")
            #expect(try !get("/metrics", port).contains("re_manager_store_errors_total 0"))
            try server.start()
            while try await client.ask(["method": "manager_ready"])["ready"] != true {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try get("/ready", port).hasPrefix("HTTP/1.0 200"))
        }
    }

    /// Runs a manager with metrics on a free port.
    private func withMetrics(
        _ options: [String] = [],
        _ body: (TestManager, Int) async throws -> Void
    ) async throws {
        let socket = try listener()
        let port = try port(of: socket)
        close(socket)
        try await TestManager.run(state: TemporaryFolder(), options: options + ["--metrics-port", "\(port)"]) {
            manager async throws in
            try await body(manager, port)
        }
    }

    // MARK: HTTP

    private func get(_ path: String, _ port: Int) throws -> String { try send("GET \(path) HTTP/1.0\r\n\r\n", port) }

    private func send(_ request: String, _ port: Int) throws -> String {
        let descriptor = try connection(port)
        defer { close(descriptor) }
        _ = Glibc.send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL))
        var reply: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { reply += buffer[..<count] }
        return String(decoding: reply, as: UTF8.self)
    }

    private func withAddress<Result>(
        port: Int,
        _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Result
    ) -> (Result, sockaddr_in) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &size) }
        }
        return (result, address)
    }

    private func connection(_ port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let (status, _) = withAddress(port: port) { connect(descriptor, $0, $1) }
        try #require(status == 0)
        return descriptor
    }

    private func listener() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let (status, _) = withAddress(port: 0) { bind(descriptor, $0, $1) }
        try #require(status == 0)
        return descriptor
    }

    private func port(of descriptor: Int32) throws -> Int {
        let (status, address) = withAddress(port: 0) { getsockname(descriptor, $0, &$1) }
        try #require(status == 0)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
