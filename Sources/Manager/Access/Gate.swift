import Logging
import ZeroMQ

/// Admits clients by their keys, and knows which one a request comes from.
struct Gate: ~Copyable {
    private let authenticator: Authenticator
    private var file: ClientsFile
    private var refusals = RefusedKeys()
    private let log: Logger

    /// Reads the file of clients and begins to be asked by the sockets that are bound after this.
    ///
    /// - Throws: ``ClientsError`` if the file cannot be used, `ZeroMQError` if no socket is left.
    init(settings file: String, isReplacement: Bool, in context: Context, log: Logger) throws {
        // A manager that takes the place of another must not give up: a worker may be running.
        let file = try ClientsFile(path: file, mayFail: isReplacement, log: log)
        authenticator = try Authenticator(in: context)
        self.file = file
        self.log = log
    }

    /// Signals handshakes.
    var descriptor: Int32 { authenticator.descriptor }

    /// Answers the handshakes that wait. Returns whether there was any.
    mutating func answerHandshakes() -> Bool {
        var refused: [Authenticator.Candidate] = []
        file.refresh()
        let clients = file.clients
        let didAnything = authenticator.answer { candidate in
            if clients[candidate.publicKey] != nil { return true }
            refused.append(candidate)
            return false
        }
        for candidate in refused {
            if let line = refusals.line(for: candidate, at: WallClock.now) { log.warning("\(line)") }
        }
        return didAnything
    }

    /// The client that sent a request.
    ///
    /// - Throws: ``Refusal`` if it has been taken from the file since it connected.
    mutating func client(_ sender: Sender) throws(Refusal) -> AuthorizedClient {
        file.refresh()
        guard let client = sender.publicKey.flatMap({ file.clients[$0] }) else {
            throw .state("This client's key is not admitted any more.")
        }
        return client
    }
}

/// Tells of refused keys at most once a minute, however many there are.
struct RefusedKeys {
    private static let pause = 60.0
    private var nextTime = 0.0
    private var untold = 0

    /// The line to log about a refused client, or nil if it is only counted.
    ///
    /// - Parameter time: Seconds since 1970.
    mutating func line(for candidate: Authenticator.Candidate, at time: Double) -> String? {
        guard time >= nextTime else {
            untold += 1
            return nil
        }
        let others = untold == 0 ? "" : " So were \(untold) attempts before."
        (nextTime, untold) = (time + RefusedKeys.pause, 0)
        let place = candidate.address.isEmpty ? "this machine" : candidate.address
        return "A client at \(place) was not admitted: the key \(candidate.publicKey) is not known.\(others)"
    }
}
