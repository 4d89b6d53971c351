public import Wire
internal import ZeroMQ

/// Where the manager is and on whose behalf requests are made.
///
/// A program usually starts from ``fromEnvironment(_:)`` and changes what it knows better:
///
///     var configuration = try ClientConfiguration.fromEnvironment([
///         "QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://beamline:60615"
///     ])
///     configuration.user = "night-shift"
///     let client = try QueueClient(configuration)
public struct ClientConfiguration: Sendable, Hashable {
    /// Where a manager on this machine listens for requests.
    public static let defaultControlAddress = "tcp://localhost:60615"
    /// Where a manager on this machine publishes its console and its status.
    public static let defaultInfoAddress = "tcp://localhost:60625"

    /// Address of the manager's request socket.
    public var controlAddress = defaultControlAddress
    /// Address of the manager's publishing socket.
    public var infoAddress = defaultInfoAddress
    /// Public key of the manager (Z85, 40 characters) if its request socket is encrypted.
    public var serverPublicKey: String?
    /// How messages are written on both sockets; the manager must be set to the same.
    public var encoding = MessageEncoding.json
    /// File of the client's own secret key, by which a manager may know it; without one it has the key that all clients
    /// of bluesky-queueserver have. It is either the key alone or a certificate as pyzmq writes it.
    public var privateKeyFile: String?
    /// Whether the publishing socket is encrypted too. It has the same public key.
    public var encryptsInfo = false
    /// How long a request waits for its reply.
    public var timeout: Duration = .seconds(2)
    /// The user that submitted items are signed with.
    public var user = "Queue Client"
    /// The group that decides which plans, devices and functions the user may use.
    public var userGroup = "primary"
    /// The key sent along with requests that a lock can refuse.
    public var lockKey: String?

    /// A manager on this machine, without encryption.
    public init() {}

    /// The configuration that these environment variables describe; what they leave open keeps its default.
    ///
    /// `QSERVER_ZMQ_CONTROL_ADDRESS`, `QSERVER_ZMQ_INFO_ADDRESS`, `QSERVER_ZMQ_ENCODING`, `QSERVER_ZMQ_PUBLIC_KEY`,
    /// `QSERVER_ZMQ_PRIVATE_KEY_FILE` and `QSERVER_ZMQ_INFO_ENCRYPTION` (`ON` or `OFF`) are read; an empty value counts
    /// as none.
    ///
    /// - Throws: ``QueueClientError/badEncoding(_:)`` or ``QueueClientError/badInfoEncryption(_:)``.
    public static func fromEnvironment(_ environment: [String: String]) throws -> ClientConfiguration {
        var configuration = ClientConfiguration()
        try configuration.apply(environment: environment)
        return configuration
    }

    /// Takes over what these environment variables say.
    ///
    /// - Throws: ``QueueClientError/badEncoding(_:)`` or ``QueueClientError/badInfoEncryption(_:)``.
    package mutating func apply(environment: [String: String]) throws {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let address = value("QSERVER_ZMQ_CONTROL_ADDRESS") { controlAddress = address }
        if let address = value("QSERVER_ZMQ_INFO_ADDRESS") { infoAddress = address }
        if let key = value("QSERVER_ZMQ_PUBLIC_KEY") { serverPublicKey = key }
        if let path = value("QSERVER_ZMQ_PRIVATE_KEY_FILE") { privateKeyFile = path }
        if let text = value("QSERVER_ZMQ_INFO_ENCRYPTION") { try setInfoEncryption(text) }
        if let name = value("QSERVER_ZMQ_ENCODING") { encoding = try MessageEncoding(clientOption: name) }
    }

    /// Sets whether the publishing socket is encrypted, from `ON` or `OFF`, in capitals or not.
    ///
    /// - Throws: ``QueueClientError/badInfoEncryption(_:)``.
    package mutating func setInfoEncryption(_ text: String) throws {
        switch text.uppercased() {
        case "ON": encryptsInfo = true
        case "OFF": encryptsInfo = false
        default: throw QueueClientError.badInfoEncryption(text)
        }
    }
}

extension MessageEncoding {
    /// The encoding that an option or a variable names, in capitals or not.
    ///
    /// - Throws: ``QueueClientError/badEncoding(_:)``.
    package init(clientOption name: String) throws {
        guard let encoding = MessageEncoding(rawValue: name.lowercased()) else {
            throw QueueClientError.badEncoding(name)
        }
        self = encoding
    }
}

extension ClientConfiguration {
    /// The key that opens the lock of the manager, from a file that not everybody can read.
    ///
    /// - Throws: ``QueueClientError/badSecretFile(_:)``.
    public static func lockKey(file path: String) throws(QueueClientError) -> String {
        do throws(SecretFileError) {
            return try SecretFile.text(of: path)
        } catch {
            throw .badSecretFile(error.description)
        }
    }

    /// Encrypts a socket if the manager's public key is known.
    ///
    /// - Throws: ``QueueClientError/badPublicKey(_:)`` or ``QueueClientError/badSecretFile(_:)``.
    func encrypt(_ socket: borrowing Socket) throws(QueueClientError) {
        guard let serverPublicKey else { return }
        guard CurveKeys.isValid(serverPublicKey) else { throw .badPublicKey(serverPublicKey) }
        do throws(SecretFileError) {
            let keys = try privateKeyFile.map { path throws(SecretFileError) in try CurveKeys(secretFile: path) }
            socket.setCurveClient(keys ?? .wellKnownClient, serverKey: serverPublicKey)
        } catch {
            throw .badSecretFile(error.description)
        }
    }
}
