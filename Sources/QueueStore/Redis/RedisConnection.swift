internal import CHiredis
internal import Glibc

/// What a Redis server answers to a command.
enum RedisReply: Sendable, Equatable {
    case null
    case status(String)
    case error(String)
    case integer(Int)
    case bytes([UInt8])
    case array([RedisReply])
}

/// Why a command had no effect that could be relied upon.
enum RedisFailure: Error, Equatable {
    /// The connection has ended; whether the command was carried out is not known.
    case closed(String)
    /// Nothing was heard in time; whether the command was carried out is not known.
    case silent(String)
    /// The server answered that it will not do it.
    case refused(String)

    var reason: String {
        switch self {
        case .closed(let reason), .silent(let reason), .refused(let reason): reason
        }
    }

    /// Whether it may go away by itself.
    var isTemporary: Bool {
        if case .refused(let text) = self { text.hasPrefix("LOADING") || text.hasPrefix("MASTERDOWN") } else { true }
    }
}

/// A connection to a Redis server, on which every wait has a limit.
///
/// `@unchecked Sendable`: a context of hiredis may be used by one thread after the other, and a value that cannot be
/// copied has one owner at a time.
struct RedisConnection: ~Copyable, @unchecked Sendable {
    /// How long a connection may take to be made, and each read and write on it, in milliseconds.
    static let timeout = 800

    private let context: UnsafeMutablePointer<redisContext>

    private init(_ context: UnsafeMutablePointer<redisContext>) { self.context = context }

    /// Connects, gives the password and chooses the database.
    ///
    /// - Parameter name: What the server calls the connection in its list of clients; no spaces.
    static func open(_ address: RedisAddress, name: String) throws(RedisFailure) -> RedisConnection {
        let limit = timeval(tv_sec: 0, tv_usec: timeout * 1000)
        let context =
            switch address.endpoint {
            case .host(let host, let port): redisConnectWithTimeout(host, port, limit)
            case .socket(let path): redisConnectUnixWithTimeout(path, limit)
            }
        guard let context else { throw .closed("there is no memory for a connection") }
        let connection = RedisConnection(context)
        guard context.pointee.err == 0 else { throw failure(of: context) }
        redisSetTimeout(context, limit)
        // It has no meaning for a socket in the file system, and its failure would count as one of the connection.
        if case .host = address.endpoint { redisEnableKeepAlive(context) }
        let authentication = address.authentication
        var greeting = authentication.isEmpty ? [] : [RedisCommand("AUTH", authentication)]
        if address.database != 0 { greeting.append(RedisCommand("SELECT", "\(address.database)")) }
        greeting.append(RedisCommand("PING"))
        greeting.append(RedisCommand("CLIENT", "SETNAME", name))
        for case .error(let text) in try connection.send(greeting) { throw .refused(text) }
        return connection
    }

    deinit { redisFree(context) }

    /// Sends commands all at once and returns the answers in the same order.
    func send(_ commands: [RedisCommand]) throws(RedisFailure) -> [RedisReply] {
        for command in commands {
            let status = command.bytes.withUnsafeBytes {
                redisAppendFormattedCommand(context, $0.baseAddress, $0.count)
            }
            guard status == REDIS_OK else { throw RedisConnection.failure(of: context) }
        }
        var replies: [RedisReply] = []
        for _ in commands {
            var raw: UnsafeMutableRawPointer?
            guard redisGetReply(context, &raw) == REDIS_OK, let raw else {
                throw RedisConnection.failure(of: context)
            }
            replies.append(RedisReply(raw.assumingMemoryBound(to: redisReply.self)))
            freeReplyObject(raw)
        }
        return replies
    }

    private static func failure(of context: UnsafeMutablePointer<redisContext>) -> RedisFailure {
        let isTimeout = context.pointee.err == REDIS_ERR_IO && (errno == EAGAIN || errno == ETIMEDOUT)
        if isTimeout { return .silent("it did not answer within \(timeout) ms") }
        let text = withUnsafeBytes(of: context.pointee.errstr) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .closed(text)
    }
}

/// A command with its arguments, in the form in which it is sent.
struct RedisCommand: Sendable, Equatable {
    let bytes: [UInt8]

    init(_ name: String, _ arguments: String...) { self.init(name, arguments) }

    init(_ name: String, _ arguments: [String]) { self.init(name, arguments.map { Array($0.utf8) }) }

    init(_ name: String, _ arguments: [[UInt8]]) {
        var bytes = Array("*\(arguments.count + 1)\r\n".utf8)
        for argument in [Array(name.utf8)] + arguments {
            bytes += "$\(argument.count)\r\n".utf8
            bytes += argument
            bytes += "\r\n".utf8
        }
        self.bytes = bytes
    }
}

extension RedisReply {
    fileprivate init(_ raw: UnsafeMutablePointer<redisReply>) {
        let reply = raw.pointee
        func text() -> [UInt8] { Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len)) }
        switch reply.type {
        case REDIS_REPLY_STRING: self = .bytes(text())
        case REDIS_REPLY_STATUS: self = .status(String(decoding: text(), as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: text(), as: UTF8.self))
        case REDIS_REPLY_INTEGER: self = .integer(Int(reply.integer))
        case REDIS_REPLY_ARRAY:
            self = .array(
                (0..<reply.elements).map { index in reply.element[index].map { RedisReply($0) } ?? .null }
            )
        default: self = .null
        }
    }

    /// The bytes of a text; nil for anything else.
    var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

    /// The number; nil for anything else.
    var integer: Int? { if case .integer(let integer) = self { integer } else { nil } }

    /// The texts of an array; nil if this is none.
    var texts: [[UInt8]]? { if case .array(let elements) = self { elements.compactMap(\.bytes) } else { nil } }
}
