/// Where a Redis server is, and which of its databases is meant.
public struct RedisAddress: Sendable, Equatable, CustomStringConvertible {
    enum Endpoint: Sendable, Equatable {
        case host(String, port: Int32)
        case socket(path: String)
    }

    let endpoint: Endpoint
    let database: Int
    /// User name and password as they were written, for example `:secret`; nil without any.
    public private(set) var credentials: String?

    private static let defaultPort: Int32 = 6379

    /// Reads `host`, `host:port`, `host:port/database`, with or without `redis://` and `user:password@`, or
    /// `unix:///path/of/the.sock`. `?db=N` at the end names a database too.
    ///
    /// - Throws: ``QueueStoreError`` with what is wrong with the text.
    public init(_ text: String) throws {
        let shown = RedisAddress.withoutCredentials(text)
        func wrong(_ problem: String) -> QueueStoreError {
            QueueStoreError(
                "The Redis address '\(shown)' cannot be used: \(problem). "
                    + "Write host, host:port, host:port/database, unix:///path/of/the/socket or "
                    + "unix:///path/of/the/socket?db=1"
            )
        }
        var rest = text[...]
        var scheme = "redis"
        if let range = rest.firstRange(of: "://") {
            scheme = String(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        if let at = rest.lastIndex(of: "@") {
            credentials = String(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        var number: Int?
        func readDatabase(_ name: Substring) throws {
            guard let value = Int(name), value >= 0 else { throw wrong("'\(name)' is no number of a database") }
            number = value
        }
        if let mark = rest.lastIndex(of: "?") {
            let query = rest[rest.index(after: mark)...]
            guard query.hasPrefix("db=") else { throw wrong("'?\(query)' is none of its parts") }
            try readDatabase(query.dropFirst(3))
            rest = rest[..<mark]
        }
        switch scheme {
        case "redis": break
        case "unix":
            guard rest.hasPrefix("/") else { throw wrong("the path of a socket begins with a slash") }
            endpoint = .socket(path: String(rest))
            database = number ?? 0
            return
        case "rediss": throw wrong("encrypted connections are not supported")
        default: throw wrong("'\(scheme)' is no kind of address")
        }
        if let slash = rest.firstIndex(of: "/") {
            let name = rest[rest.index(after: slash)...]
            // As for the original, the number behind the question mark counts.
            if !name.isEmpty, number == nil { try readDatabase(name) }
            rest = rest[..<slash]
        }
        var port = RedisAddress.defaultPort
        // An IPv6 address has colons of its own, in brackets if a port follows.
        if let colon = rest.lastIndex(of: ":"), rest[..<colon].hasSuffix("]") || !rest[..<colon].contains(":") {
            let name = rest[rest.index(after: colon)...]
            guard let value = Int32(name), (1...65_535).contains(value) else { throw wrong("'\(name)' is no port") }
            port = value
            rest = rest[..<colon]
        }
        if rest.hasPrefix("["), rest.hasSuffix("]") { rest = rest.dropFirst().dropLast() }
        guard !rest.isEmpty else { throw wrong("there is no host") }
        endpoint = .host(String(rest), port: port)
        database = number ?? 0
    }

    /// The address with these credentials, or without any.
    public func with(credentials: String?) -> RedisAddress {
        var copy = self
        copy.credentials = credentials
        return copy
    }

    /// The address as it can be read again, without the credentials.
    public var description: String {
        switch endpoint {
        case .socket(let path): "unix://\(path)" + (database == 0 ? "" : "?db=\(database)")
        case .host(let host, let port):
            (host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)") + (database == 0 ? "" : "/\(database)")
        }
    }

    /// The arguments of `AUTH`: the user's name, unless it is the default one, and the password.
    var authentication: [String] {
        guard let credentials else { return [] }
        let parts = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.filter { !$0.isEmpty }.map(RedisAddress.decoded)
    }

    private static func withoutCredentials(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        return start < at ? String(text[..<start] + text[text.index(after: at)...]) : text
    }

    /// The text with `%40` and the like as the characters that they stand for.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let code = UInt8(Substring(rest.prefix(2)), radix: 16), rest.count >= 2 {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
