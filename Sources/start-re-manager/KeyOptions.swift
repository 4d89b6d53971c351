import ArgumentParser
import ManagerConfiguration
import StartupSelection

/// How the sockets are protected.
struct Protection {
    /// File of the secret CURVE key; nil if it is in the environment, or there is none.
    var keyFile: String?
    /// Whether there is a secret key.
    var hasKey: Bool
    /// File of the clients that are admitted; nil if everybody is who knows the public key.
    var clientsFile: String?
    /// Whether console output and status are encrypted too.
    var encryptsInfo: Bool
    /// File of the key that opens any lock; nil if it is in the environment, or there is none.
    var emergencyLockKeyFile: String?
}

/// Who is admitted. Secrets are named by their files: other users see the command line.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .customLong("zmq-private-key-file"),
        help: ArgumentHelp("File of the secret CURVE key, which turns encryption on.", valueName: "path")
    )
    var keyFile: String?

    @Option(
        name: .customLong("zmq-clients-file"),
        help: ArgumentHelp(
            "YAML file of the clients that are admitted, with their public keys and rights (default: everybody is who knows the public key).",
            valueName: "path"
        )
    )
    var clientsFile: String?

    @Option(
        name: .customLong("zmq-info-encryption"),
        help: "Whether console output and status are encrypted too (default: OFF)."
    )
    var encryptsInfo: Switch?

    /// The options from the command line, else the configuration, else the environment.
    ///
    /// A secret of the configuration has been put into the environment, and counts more than a file that is named there.
    func resolve(_ configuration: ManagerConfiguration) throws(ConfigurationError) -> Protection {
        let keyFile =
            keyFile ?? configuration.privateKeyFile
            ?? (configuration.privateKey == nil ? environment("QSERVER_ZMQ_PRIVATE_KEY_FILE_FOR_SERVER") : nil)
        let emergencyFile =
            configuration.emergencyLockKeyFile
            ?? (configuration.emergencyLockKey == nil
                ? environment("QSERVER_EMERGENCY_LOCK_KEY_FILE_FOR_SERVER") : nil)
        let clientsFile =
            clientsFile ?? configuration.clientsFile ?? environment("QSERVER_ZMQ_CLIENTS_FILE_FOR_SERVER")
        let fromEnvironment = try switchInEnvironment()
        return Protection(
            keyFile: keyFile.map(UserPath.absolute),
            hasKey: keyFile != nil || environment("QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER") != nil,
            clientsFile: clientsFile.map(UserPath.absolute),
            encryptsInfo: encryptsInfo?.isOn ?? configuration.encryptsInfo ?? fromEnvironment,
            emergencyLockKeyFile: emergencyFile.map(UserPath.absolute)
        )
    }

    private func switchInEnvironment() throws(ConfigurationError) -> Bool {
        let name = "QSERVER_ZMQ_INFO_ENCRYPTION_FOR_SERVER"
        guard let text = environment(name) else { return false }
        guard let value = Switch(rawValue: text.uppercased()) else {
            throw ConfigurationError("\(name) must be ON or OFF, and not '\(text)'.")
        }
        return value.isOn
    }
}
