internal import ArgumentParser
internal import QueueClient
internal import Wire

/// The options that every command has.
struct ConnectionOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "A server of the file ~/.config/qserver/config.yaml. Default: QSERVER_SERVER, else the file's default.",
            valueName: "name"
        ),
        completion: .byWords
    )
    var server: String?

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
        name: .customLong("zmq-private-key-file"),
        help: ArgumentHelp(
            "File of the secret key by which the manager knows you. Default: QSERVER_ZMQ_PRIVATE_KEY_FILE, else none.",
            valueName: "path"
        ),
        completion: .file()
    )
    var privateKeyFile: String?

    @Option(
        name: .customLong("zmq-info-encryption"),
        help: ArgumentHelp(
            "Whether what is published is encrypted: ON or OFF. Default: QSERVER_ZMQ_INFO_ENCRYPTION, else OFF.",
            valueName: "ON|OFF"
        ),
        completion: .list(["ON", "OFF"])
    )
    var infoEncryption: String?

    @Option(
        name: .customLong("zmq-encoding"),
        help: ArgumentHelp(
            "How messages are encoded, json or msgpack; as the manager does. Default: QSERVER_ZMQ_ENCODING, else json.",
            valueName: "encoding"
        ),
        completion: .list(["json", "msgpack"])
    )
    var encoding: String?

    @Option(
        name: [.customShort("k"), .long],
        help: ArgumentHelp("The key of the lock, where the manager is locked or is to be locked.", valueName: "key")
    )
    var lockKey: String?

    @Option(
        help: ArgumentHelp(
            "File of that key, which keeps it out of lists of processes. Default: QSERVER_LOCK_KEY_FILE, else none.",
            valueName: "path"
        ),
        completion: .file()
    )
    var lockKeyFile: String?

    @Option(help: ArgumentHelp("How long to wait for the manager's answer (default: 2).", valueName: "seconds"))
    var timeout: Double?

    @Option(help: ArgumentHelp("Who submits items (default: qserver-cli).", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("The group whose plans and devices count (default: primary).", valueName: "name"))
    var userGroup: String?

    @Flag(help: "Print one JSON document and nothing else: the manager's reply as it is.")
    var json = false

    /// Whether an option says what the key of the lock is.
    var hasLockKey: Bool { lockKey != nil || lockKeyFile != nil }

    /// The options where none is given.
    static var withDefaults: ConnectionOptions {
        guard let options = try? ConnectionOptions.parse([]) else {
            preconditionFailure("an option of the connection has no default")
        }
        return options
    }

    /// Where the manager is and on whose behalf requests are made. An option counts more than the server that is named
    /// by `--server` or QSERVER_SERVER, that more than the other environment variables, those more than the default
    /// server of the file.
    ///
    /// - Throws: ``CommandFailure`` that names the option and what is allowed, ``QueueClientError``.
    func configuration(environment: [String: String]) throws -> ClientConfiguration {
        var configuration = ClientConfiguration()
        configuration.user = "qserver-cli"
        try applyServers(to: &configuration, environment)
        if let controlAddress { configuration.controlAddress = controlAddress }
        if let infoAddress { configuration.infoAddress = infoAddress }
        if let privateKeyFile { configuration.privateKeyFile = privateKeyFile }
        if let infoEncryption { try configuration.setInfoEncryption(infoEncryption) }
        if let encoding { configuration.encoding = try MessageEncoding(clientOption: encoding) }
        if let user { configuration.user = user }
        if let userGroup { configuration.userGroup = userGroup }
        configuration.lockKey = try lockKey(environment)
        if let timeout {
            guard timeout > 0, timeout <= 86_400 else {
                throw CommandFailure.parameters(
                    "--timeout must be more than 0 and at most 86400 seconds, not \(timeout)"
                )
            }
            configuration.timeout = .seconds(timeout)
        }
        return configuration
    }

    private func lockKey(_ environment: [String: String]) throws -> String? {
        if let lockKey {
            guard lockKeyFile == nil else {
                throw CommandFailure.parameters("--lock-key and --lock-key-file exclude each other")
            }
            guard !lockKey.isEmpty else { throw CommandFailure.parameters("--lock-key must not be empty") }
            return lockKey
        }
        guard let path = lockKeyFile ?? environment["QSERVER_LOCK_KEY_FILE"], !path.isEmpty else { return nil }
        return try ClientConfiguration.lockKey(file: path)
    }

    private func applyServers(
        to configuration: inout ClientConfiguration,
        _ environment: [String: String]
    ) throws {
        let named = server ?? environment["QSERVER_SERVER"].flatMap { $0.isEmpty ? nil : $0 }
        // With an address on the command line the file has nothing to say, unless it is asked for.
        let file = named == nil && controlAddress != nil ? nil : try ServerFile(environment: environment)
        if named == nil, let file, let name = file.defaultName { try file.apply(name, to: &configuration) }
        try configuration.apply(environment: environment)
        guard let named else { return }
        guard let file else {
            let path = ServerFile.path(environment: environment) ?? "~/.config/qserver/config.yaml"
            throw CommandFailure.parameters("there is no file of servers (\(path)) that could name '\(named)'")
        }
        try file.apply(named, to: &configuration)
    }
}
