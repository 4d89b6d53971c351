internal import ArgumentParser
internal import QueueClient

/// The options that every command has.
struct ConnectionOptions: ParsableArguments {
    @Option(
        name: [.customShort("a"), .customLong("zmq-control-addr"), .customLong("address")],
        help: ArgumentHelp(
            "Where the manager listens. Default: QSERVER_ZMQ_CONTROL_ADDRESS, else tcp://localhost:60615.",
            valueName: "address"
        )
    )
    var controlAddress: String?

    @Option(
        name: .customLong("zmq-info-addr"),
        help: ArgumentHelp(
            "Where the manager publishes. Default: QSERVER_ZMQ_INFO_ADDRESS, else tcp://localhost:60625.",
            valueName: "address"
        )
    )
    var infoAddress: String?

    @Option(
        name: .customLong("zmq-encoding"),
        help: ArgumentHelp("How messages are encoded: json.", valueName: "encoding")
    )
    var encoding: String?

    @Option(
        name: [.customShort("k"), .long],
        help: ArgumentHelp("The key of the lock, where the manager is locked or is to be locked.", valueName: "key")
    )
    var lockKey: String?

    @Option(help: ArgumentHelp("How long to wait for the manager's answer (default: 2).", valueName: "seconds"))
    var timeout: Double?

    @Option(help: ArgumentHelp("Who submits items (default: qserver-cli).", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("The group whose plans and devices count (default: primary).", valueName: "name"))
    var userGroup: String?

    @Flag(help: "Print the manager's reply as it is, one line of JSON.")
    var json = false

    /// Checks what the types of the options leave open.
    ///
    /// - Throws: ``CommandFailure`` that names the option and what is allowed.
    func configuration(environment: [String: String]) throws -> ClientConfiguration {
        var configuration = ClientConfiguration.fromEnvironment(environment)
        if let controlAddress { configuration.controlAddress = controlAddress }
        if let infoAddress { configuration.infoAddress = infoAddress }
        configuration.user = user ?? "qserver-cli"
        configuration.userGroup = userGroup ?? "primary"
        if let lockKey {
            guard !lockKey.isEmpty else { throw CommandFailure.parameters("--lock-key must not be empty") }
            configuration.lockKey = lockKey
        }
        if let timeout {
            guard timeout > 0, timeout <= 86_400 else {
                throw CommandFailure.parameters(
                    "--timeout must be more than 0 and at most 86400 seconds, not \(timeout)"
                )
            }
            configuration.timeout = .seconds(timeout)
        }
        let encoding = encoding ?? environment["QSERVER_ZMQ_ENCODING"] ?? ""
        guard encoding.isEmpty || encoding.lowercased() == "json" else {
            throw CommandFailure.parameters("--zmq-encoding must be json, not '\(encoding)'")
        }
        return configuration
    }
}
