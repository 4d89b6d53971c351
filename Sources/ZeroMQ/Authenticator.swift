internal import CZeroMQ

/// Decides which clients may connect to the encrypted sockets of a context (ZAP, RFC 27 of ZeroMQ).
///
/// libzmq asks it during each handshake with a socket that is a CURVE server. A client that is not admitted never gets
/// a message through. Make it before those sockets listen: until it is there, whoever knows the server's key is admitted.
public struct Authenticator: ~Copyable {
    /// A client that wants to connect.
    public struct Candidate: Sendable, Hashable {
        /// Its long-term public key, of which it has proved to have the secret half.
        public let publicKey: String
        /// Where it comes from, for example `192.168.0.7` or, at a UNIX socket, `localhost (user 1000, process 4711)`.
        public let address: String

        /// A client with this key at this address.
        public init(publicKey: String, address: String) {
            self.publicKey = publicKey
            self.address = address
        }
    }

    private let socket: Socket

    /// Starts to be asked, for all sockets of the context.
    ///
    /// - Throws: ``ZeroMQError``, for example if the context has an authenticator already.
    public init(in context: Context) throws(ZeroMQError) {
        let socket = try Socket(.reply, in: context)
        try socket.bind(to: "inproc://zeromq.zap.01")
        self.socket = socket
    }

    /// The descriptor that signals candidates. It is edge-triggered: see ``EventLoop/watch(_:handler:)``.
    public var descriptor: Int32 { socket.descriptor }

    /// Answers for all candidates that wait. One that is admitted has its public key as ``Sender/publicKey``.
    ///
    /// - Returns: Whether there was any.
    public func answer(_ admits: (Candidate) -> Bool) -> Bool {
        var didAnything = false
        while let frames = try? socket.receive() {
            didAnything = true
            try? socket.send(reply(to: frames, admits))
        }
        return didAnything
    }

    /// Version, number, status code, status text, user id and metadata.
    private func reply(to frames: [[UInt8]], _ admits: (Candidate) -> Bool) -> [[UInt8]] {
        // Version, number, domain, address, identity, mechanism and, with CURVE, the client's key.
        guard frames.count == 7, frames[5] == Array("CURVE".utf8), let key = CurveKeys.z85(frames[6]) else {
            return Authenticator.reply(to: frames, code: "400", text: "Only clients with a key are admitted")
        }
        let candidate = Candidate(publicKey: key, address: PeerAddress.text(String(decoding: frames[3], as: UTF8.self)))
        guard admits(candidate) else {
            return Authenticator.reply(to: frames, code: "400", text: "The key is not known")
        }
        return Authenticator.reply(to: frames, code: "200", text: "OK", userID: key)
    }

    private static func reply(to frames: [[UInt8]], code: String, text: String, userID: String = "") -> [[UInt8]] {
        let number = frames.count > 1 ? frames[1] : []
        return [Array("1.0".utf8), number, Array(code.utf8), Array(text.utf8), Array(userID.utf8), []]
    }
}

/// What libzmq knows of the peer that sent a message.
public struct Sender: Sendable, Hashable {
    /// Its public key, if an ``Authenticator`` has admitted it.
    public let publicKey: String?
    /// Where it comes from, for example `192.168.0.7` or, at a UNIX socket, `localhost (user 1000, process 4711)`; nil if
    /// that is not known.
    public let address: String?

    init(of message: inout zmq_msg_t) {
        publicKey = zmq_msg_gets(&message, "User-Id").map { String(cString: $0) }
        address = zmq_msg_gets(&message, "Peer-Address").map { PeerAddress.text(String(cString: $0)) }
    }
}

/// Where a peer comes from, as libzmq has it.
enum PeerAddress {
    /// For the reader. At a UNIX socket libzmq knows the peer's user, group and process: `localhost:1000:1000:4711`.
    static func text(_ address: String) -> String {
        let parts = address.split(separator: ":")
        guard parts.count == 4, parts[0] == "localhost" else { return address }
        return "localhost (user \(parts[1]), process \(parts[3]))"
    }
}
