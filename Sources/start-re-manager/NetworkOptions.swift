import ArgumentParser
import Glibc
import Logging
import ManagerConfiguration
import StartupSelection
import Wire

/// Where the manager listens.
struct NetworkOptions: ParsableArguments {
    @Option(
        name: [.customLong("zmq-control-addr"), .customLong("zmq-addr")],
        help: ArgumentHelp("Address of the control socket (REP).", valueName: "tcp://…")
    )
    var controlAddress: String?

    @Option(
        name: [.customLong("zmq-info-addr"), .customLong("zmq-publish-console-addr")],
        help: ArgumentHelp("Address of the socket for console output and status (PUB).", valueName: "tcp://…")
    )
    var infoAddress: String?

    @Option(
        name: .customLong("zmq-publish-console"),
        help: "Whether console output and status are published (default: OFF)."
    )
    var publishesConsole: Switch?

    @Option(
        name: .customLong("zmq-encoding"),
        help: ArgumentHelp("How messages are encoded on both sockets: json or msgpack.", valueName: "encoding")
    )
    var encodingName: String?

    @Option(
        name: .customLong("metrics-port"),
        help: ArgumentHelp("Serve metrics and readiness on this port of 127.0.0.1 (default: not).", valueName: "port")
    )
    var metricsPort: UInt16?

    /// The encoding from the command line, else the configuration, else the environment, else JSON.
    func encoding(_ configuration: ManagerConfiguration) throws(ConfigurationError) -> MessageEncoding {
        let name = encodingName ?? configuration.encoding ?? environment("QSERVER_ZMQ_ENCODING_FOR_SERVER")
        guard let name else { return .json }
        guard let encoding = MessageEncoding(rawValue: name.lowercased()) else {
            throw ConfigurationError("The encoding '\(name)' is not supported. Use json or msgpack.")
        }
        return encoding
    }

    /// The addresses from the command line, else the configuration, else the environment, else the default: all
    /// interfaces when a key protects the control socket, this machine only when none does.
    ///
    /// - Throws: ``ConfigurationError`` if one has a form in which nobody can listen.
    func resolve(
        _ configuration: ManagerConfiguration,
        _ protection: Protection,
        log: Logger
    ) throws(ConfigurationError) -> (control: String, info: String?) {
        let hasKey = protection.hasKey
        let control = try address([
            ("--zmq-control-addr", controlAddress), ("network/zmq_control_addr", configuration.controlAddress),
            fromEnvironment("QSERVER_ZMQ_CONTROL_ADDRESS_FOR_SERVER"),
        ])
        let info = try address([
            ("--zmq-info-addr", infoAddress), ("network/zmq_info_addr", configuration.infoAddress),
            fromEnvironment("QSERVER_ZMQ_INFO_ADDRESS_FOR_SERVER"),
        ])
        let host = hasKey ? "*" : "127.0.0.1"
        if control == nil {
            log.info(
                hasKey
                    ? "Listening on all interfaces; the control socket is encrypted."
                    : """
                    Listening on this machine only (127.0.0.1), because neither a key nor an address is given. \
                    Set QSERVER_ZMQ_PRIVATE_KEY_FOR_SERVER or --zmq-control-addr to be reached from others.
                    """
            )
        } else if let control, !hasKey, !isPrivate(control) {
            log.warning("The control socket is not encrypted: whoever reaches it controls the manager.")
        }
        guard publishesConsole?.isOn ?? configuration.publishesConsole ?? false else {
            return (control ?? "tcp://\(host):60615", nil)
        }
        let publishing = info ?? "tcp://\(host):60625"
        if hasKey, !protection.encryptsInfo, !isPrivate(publishing) {
            log.warning(
                """
                Console output and status are published without encryption at \(publishing): whoever reaches it can \
                read them. --zmq-info-encryption ON encrypts them, for clients that can do that.
                """
            )
        }
        return (control ?? "tcp://\(host):60615", publishing)
    }

    /// The first address that is given, if it has the form of one.
    private func address(_ sources: [(name: String, address: String?)]) throws(ConfigurationError) -> String? {
        for case (let name, let address?) in sources {
            guard isWellFormed(address) else {
                throw ConfigurationError(
                    """
                    \(name): '\(address)' is no address to listen at. Addresses look like tcp://127.0.0.1:60615, \
                    tcp://*:60615 (all interfaces) or ipc:///run/manager.
                    """
                )
            }
            return address
        }
        return nil
    }

    private func fromEnvironment(_ variable: String) -> (name: String, address: String?) {
        (variable, environment(variable))
    }
}

/// Whether an address has a form that libzmq knows: a path, or a host or interface with a port, where `*` is any port.
private func isWellFormed(_ address: String) -> Bool {
    if address.hasPrefix("ipc://") { return address.utf8.count > "ipc://".utf8.count }
    guard address.hasPrefix("tcp://") else { return false }
    let place = address.dropFirst("tcp://".count)
    guard let colon = place.lastIndex(of: ":"), colon > place.startIndex else { return false }
    let port = place[place.index(after: colon)...]
    return port == "*" || UInt16(port) != nil
}

/// Whether only programs of this machine reach the address.
private func isPrivate(_ address: String) -> Bool {
    ["tcp://127.0.0.1:", "tcp://localhost:", "tcp://[::1]:", "ipc://"].contains(where: address.hasPrefix)
}
