internal import CLinux
internal import Glibc
internal import ZeroMQ

/// Answers `GET /metrics` and `GET /ready` on a port of this machine, on a thread of its own: whatever its clients do,
/// the manager does not notice.
final class MetricsServer: Sendable {
    /// The port on which it listens.
    let port: Int
    private let metrics: Metrics
    private let descriptor: Int32
    private let loop = EventLoop()

    /// The longest request that is read, in bytes.
    private static let requestLimit = 8192
    /// How long a client may take for its request, and for reading the answer, in seconds each.
    private static let patience = 2

    /// Listens on a port; 0 stands for any that is free.
    ///
    /// - Throws: ``MetricsServerError`` if the port is taken.
    init(port: Int, metrics: Metrics) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        _ = clinux_set_close_on_exec(descriptor, 1)
        var isOn: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard status else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw MetricsServerError(description: "The metrics cannot be served on port \(port): \(reason)")
        }
        _ = clinux_make_nonblocking(descriptor)
        self.descriptor = descriptor
        self.metrics = metrics
        self.port = Int(UInt16(bigEndian: address.sin_port))
        loop.watch(descriptor) { [weak self] in self?.acceptOne() ?? false }
        loop.start(named: "metrics")
    }

    deinit {
        loop.stop()
        close(descriptor)
    }

    private func acceptOne() -> Bool {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return false }
        _ = clinux_set_close_on_exec(client, 1)
        defer { close(client) }
        var limit = timeval(tv_sec: MetricsServer.patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(client, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        if let request = readRequest(client) { write(answer(request), to: client) }
        return true
    }

    /// The first line of a request, when its head is complete.
    private func readRequest(_ client: Int32) -> String? {
        let deadline = ContinuousClock.now + .seconds(MetricsServer.patience)
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 2048)
        while head.count < MetricsServer.requestLimit, ContinuousClock.now < deadline {
            let count = recv(client, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            head += buffer[..<count]
            let text = String(decoding: head, as: UTF8.self)
            if text.contains("\r\n\r\n") || text.contains("\n\n") {
                return String(text.prefix { !$0.isNewline })
            }
        }
        return nil
    }

    private func answer(_ request: String) -> String {
        let words = request.split(separator: " ")
        guard words.count >= 2, words[0] == "GET" || words[0] == "HEAD" else {
            return page("405 Method Not Allowed", "Only GET is answered.\n", "Allow: GET, HEAD\r\n")
        }
        let isHead = words[0] == "HEAD"
        switch words[1].prefix(while: { $0 != "?" }) {
        case "/metrics": return page("200 OK", metrics.text, isHead: isHead)
        case "/ready":
            let problems = metrics.problems
            let status = problems.isEmpty ? "200 OK" : "503 Service Unavailable"
            let text = problems.isEmpty ? "ready\n" : problems.map { $0 + "\n" }.joined()
            return page(status, text, isHead: isHead)
        default: return page("404 Not Found", "There are /metrics and /ready.\n", isHead: isHead)
        }
    }

    private func page(_ status: String, _ body: String, _ headers: String = "", isHead: Bool = false) -> String {
        "HTTP/1.0 \(status)\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
            + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\(headers)\r\n" + (isHead ? "" : body)
    }

    private func write(_ text: String, to client: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
        shutdown(client, Int32(SHUT_WR))
    }
}

/// Why the metrics cannot be served.
struct MetricsServerError: Error, CustomStringConvertible {
    let description: String
}
