internal import Files
internal import QueueClient
internal import Wire
internal import YAML

/// The user's file of servers, `qserver/config.yaml` in the folder of configuration files:
///
///     default: hall-3
///     servers:
///       hall-3:
///         zmq_control_addr: tcp://hall3-ctrl:60615
///         zmq_info_addr: tcp://hall3-ctrl:60625
struct ServerFile: Sendable, Hashable {
    /// Where the file is.
    let path: String
    /// The server that is used when none is named.
    private(set) var defaultName: String?
    private var servers = JSONObject()

    /// Names of the servers, in order.
    var names: [String] { servers.keys }

    /// Where the file is for the user with this environment; nil if there is no home.
    static func path(environment: [String: String]) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty { return folder + "/qserver/config.yaml" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.config/qserver/config.yaml" }
    }

    /// Reads the file; nil if there is none.
    ///
    /// - Throws: ``CommandFailure`` that names the file, the place and what is allowed.
    init?(environment: [String: String]) throws {
        guard let path = ServerFile.path(environment: environment), WholeFile.exists(path) else { return nil }
        try self.init(try TextFile.contents(of: path), path: path)
    }

    /// - Throws: as ``init(environment:)``.
    init(_ text: String, path: String) throws {
        self.path = path
        let value: JSONValue
        do {
            value = try JSONValue(yaml: text)
        } catch {
            throw CommandFailure.parameters("\(path) is no valid YAML: \(error)")
        }
        if value.isNull { return }
        guard let members = value.object else { throw failure("'default' and 'servers' are expected") }
        for name in members.keys where name != "default" && name != "servers" {
            throw failure("unknown member '\(name)'; allowed are default, servers")
        }
        if let given = members["servers"], !given.isNull {
            guard let object = given.object else { throw failure("'servers' must hold servers by their names") }
            servers = object
        }
        for (name, server) in servers { try check(name, server) }
        guard let given = members["default"], !given.isNull else { return }
        guard let name = given.string, servers[name] != nil else {
            throw failure(
                "the default server \(given.pythonRepr) is not among the servers: \(names.joined(separator: ", "))"
            )
        }
        defaultName = name
    }

    private func failure(_ text: String) -> CommandFailure { .parameters("\(path): \(text)") }

    private static let members: Set<String> = [
        "zmq_control_addr", "zmq_info_addr", "zmq_encoding", "zmq_public_key", "zmq_private_key_file",
        "zmq_info_encryption", "timeout", "user", "user_group",
    ]

    private func check(_ name: String, _ server: JSONValue) throws {
        guard let server = server.object else {
            throw failure("the server '\(name)' must hold at least zmq_control_addr")
        }
        for (member, value) in server {
            guard ServerFile.members.contains(member) else {
                throw failure(
                    "the server '\(name)' has an unknown member '\(member)'."
                        + Suggestion.question(member, in: ServerFile.members)
                        + " Allowed: \(ServerFile.members.sorted().joined(separator: ", "))"
                )
            }
            let (isFine, expected) =
                switch member {
                case "timeout": ((value.number ?? 0) > 0, "a number of seconds")
                case "zmq_info_encryption": (ServerFile.flag(value) != nil, "ON or OFF")
                default: (value.string?.isEmpty == false, "a text")
                }
            guard isFine else {
                throw failure("the server '\(name)': \(member) must be \(expected), not \(value.pythonRepr)")
            }
        }
    }

    /// A flag, which YAML reads as such unless it is in quotes.
    private static func flag(_ value: JSONValue) -> Bool? {
        value.bool ?? value.string.flatMap { ["ON": true, "OFF": false][$0.uppercased()] }
    }

    /// Takes over what the file says about a server.
    ///
    /// - Throws: ``CommandFailure`` if there is no such server.
    func apply(_ name: String, to configuration: inout ClientConfiguration) throws {
        guard let server = servers[name] else {
            throw failure(
                "there is no server '\(name)'.\(Suggestion.question(name, in: names)) "
                    + (names.isEmpty ? "The file names none" : "Servers: \(names.joined(separator: ", "))")
            )
        }
        if let address = server["zmq_control_addr"]?.string { configuration.controlAddress = address }
        if let address = server["zmq_info_addr"]?.string { configuration.infoAddress = address }
        if let encoding = server["zmq_encoding"]?.string {
            configuration.encoding = try MessageEncoding(clientOption: encoding)
        }
        // The keys of another server must not stay.
        configuration.serverPublicKey = server["zmq_public_key"]?.string
        configuration.privateKeyFile = server["zmq_private_key_file"]?.string
        configuration.encryptsInfo = server["zmq_info_encryption"].flatMap(ServerFile.flag) ?? false
        if let seconds = server["timeout"]?.number { configuration.timeout = .seconds(min(seconds, 86_400)) }
        if let user = server["user"]?.string { configuration.user = user }
        if let group = server["user_group"]?.string { configuration.userGroup = group }
    }
}
