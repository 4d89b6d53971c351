public import Wire

/// Why a call of ``QueueClient`` failed.
public enum QueueClientError: Error, Hashable {
    /// Nobody listens at the address.
    case noManager(address: String)
    /// Somebody listens at the address, but encryption or keys do not agree.
    case noHandshake(address: String, isEncrypted: Bool)
    /// The manager is connected and did not answer in time.
    case noAnswer(method: String, address: String, timeout: Duration)
    /// The connection broke after the request was sent and before its reply came.
    case connectionLost(method: String, address: String)
    /// The reply is no JSON object.
    case badReply(method: String, reason: String)
    /// The manager answered that it does not do it. `reply` is the whole answer.
    case refused(method: String, message: String, reply: JSONObject)
    /// The public key is no Z85 text of 40 characters.
    case badPublicKey(String)
    /// There is no such encoding of messages.
    case badEncoding(String)
    /// Encryption of the publishing socket is neither on nor off.
    case badInfoEncryption(String)
    /// A file with a secret cannot be used; the text names it and says why.
    case badSecretFile(String)
    /// libzmq cannot use the address.
    case badAddress(String, reason: String)
    /// The awaited state did not come in time. `lastStatus` is the last one seen, if any.
    case waitTimedOut(timeout: Duration, lastStatus: ManagerStatus?)
    /// The environment was being opened, and the attempt failed.
    case environmentNotOpen
}

extension QueueClientError: CustomStringConvertible {
    /// What was wrong and what to do about it, in one or two sentences.
    public var description: String {
        switch self {
        case .noManager(let address):
            """
            Nothing answers at \(address). Is the manager running, and is this its address \
            (QSERVER_ZMQ_CONTROL_ADDRESS)?
            """
        case .noHandshake(let address, isEncrypted: true):
            """
            There is a server at \(address), but it does not accept the encrypted connection. Its public key may be \
            another one, or it runs without encryption (QSERVER_ZMQ_PUBLIC_KEY); or it does not admit this client's key \
            (QSERVER_ZMQ_PRIVATE_KEY_FILE).
            """
        case .noHandshake(let address, isEncrypted: false):
            """
            There is a server at \(address), but it does not accept the connection. If it is encrypted, its public \
            key is needed (QSERVER_ZMQ_PUBLIC_KEY).
            """
        case .noAnswer(let method, let address, let timeout):
            """
            The manager at \(address) is connected but did not answer '\(method)' within \(seconds(timeout)). It may \
            be busy or restarting.\(doubt(method))
            """
        case .connectionLost(let method, let address):
            """
            The connection to the manager at \(address) broke before it answered '\(method)'.\(doubt(method))
            """
        case .badReply(let method, let reason): "The reply to '\(method)' cannot be read: \(reason)."
        case .refused(_, let message, _): message
        case .badPublicKey(let key):
            """
            The public key \(pythonQuoted(key)) is not valid: a key has 40 characters of the Z85 alphabet \
            (QSERVER_ZMQ_PUBLIC_KEY).
            """
        case .badEncoding(let name):
            "Messages can be encoded as json or msgpack, not as \(pythonQuoted(name)) (QSERVER_ZMQ_ENCODING)."
        case .badInfoEncryption(let text):
            "What is published is encrypted with ON and not with OFF; \(pythonQuoted(text)) is neither (QSERVER_ZMQ_INFO_ENCRYPTION)."
        case .badSecretFile(let reason): reason
        case .badAddress(let address, let reason):
            """
            The address '\(address)' cannot be used: \(reason). Addresses look like tcp://localhost:60615 or \
            ipc:///run/manager.
            """
        case .environmentNotOpen: "The environment did not open; the manager's console says why."
        case .waitTimedOut(let timeout, let status):
            "The awaited state was not reached within \(seconds(timeout))"
                + (status.map { " (manager: \($0.managerState), environment: \($0.workerEnvironmentState))." } ?? ".")
        }
    }
}

/// What is to be said of a request without an answer, unless it changes nothing.
private func doubt(_ method: String) -> String {
    Request.isReadOnly(method) ? "" : " Whether the request was carried out is not known."
}

/// A duration in words, for example `2 s` or `0.25 s`.
func seconds(_ duration: Duration) -> String {
    let (whole, attoseconds) = duration.components
    let value = Double(whole) + Double(attoseconds) * 1e-18
    let text = "\((value * 1000).rounded() / 1000)"
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " s"
}
