public import Wire

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
    /// `QSERVER_ZMQ_CONTROL_ADDRESS`, `QSERVER_ZMQ_INFO_ADDRESS`, `QSERVER_ZMQ_ENCODING` and `QSERVER_ZMQ_PUBLIC_KEY`
    /// are read; an empty value counts as none.
    ///
    /// - Throws: ``QueueClientError/badEncoding(_:)``.
    public static func fromEnvironment(_ environment: [String: String]) throws -> ClientConfiguration {
        var configuration = ClientConfiguration()
        try configuration.apply(environment: environment)
        return configuration
    }

    /// Takes over what these environment variables say.
    ///
    /// - Throws: ``QueueClientError/badEncoding(_:)``.
    package mutating func apply(environment: [String: String]) throws {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let address = value("QSERVER_ZMQ_CONTROL_ADDRESS") { controlAddress = address }
        if let address = value("QSERVER_ZMQ_INFO_ADDRESS") { infoAddress = address }
        if let key = value("QSERVER_ZMQ_PUBLIC_KEY") { serverPublicKey = key }
        if let name = value("QSERVER_ZMQ_ENCODING") { encoding = try MessageEncoding(clientOption: name) }
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
