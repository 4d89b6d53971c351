/// Where the manager is and on whose behalf requests are made.
///
/// A program usually starts from ``fromEnvironment(_:)`` and changes what it knows better:
///
///     var configuration = ClientConfiguration.fromEnvironment(["QSERVER_ZMQ_CONTROL_ADDRESS": "tcp://beamline:60615"])
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
    /// `QSERVER_ZMQ_CONTROL_ADDRESS`, `QSERVER_ZMQ_INFO_ADDRESS` and `QSERVER_ZMQ_PUBLIC_KEY` are read; an empty value
    /// counts as none.
    public static func fromEnvironment(_ environment: [String: String]) -> ClientConfiguration {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        var configuration = ClientConfiguration()
        configuration.controlAddress = value("QSERVER_ZMQ_CONTROL_ADDRESS") ?? defaultControlAddress
        configuration.infoAddress = value("QSERVER_ZMQ_INFO_ADDRESS") ?? defaultInfoAddress
        configuration.serverPublicKey = value("QSERVER_ZMQ_PUBLIC_KEY")
        return configuration
    }
}
