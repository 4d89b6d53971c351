public import Wire

/// What a manager needs to know before it starts. The supervisor resolves it from the command line and the environment
/// and hands it on as JSON; secrets are not part of it.
public struct ManagerSettings: Sendable, Equatable {
    /// Address of the control socket (REP).
    public var controlAddress: String
    /// Address of the socket for console output and status messages (PUB); nil if nothing is published.
    public var infoAddress: String?
    /// The folder of the store.
    public var stateDirectory: String
    /// The folder of the profile: devices, plans, permissions.
    public var startupDirectory: String
    /// Whether console output and log lines go to standard output.
    public var printsConsole: Bool
    /// The lowest level of log lines: `debug`, `info`, `warning` or `critical`.
    public var logLevel: String

    /// Settings with all their parts.
    public init(
        controlAddress: String,
        infoAddress: String?,
        stateDirectory: String,
        startupDirectory: String,
        printsConsole: Bool,
        logLevel: String
    ) {
        self.controlAddress = controlAddress
        self.infoAddress = infoAddress
        self.stateDirectory = stateDirectory
        self.startupDirectory = startupDirectory
        self.printsConsole = printsConsole
        self.logLevel = logLevel
    }

    /// The settings as JSON.
    public var json: JSONValue {
        [
            "control_address": .string(controlAddress), "info_address": JSONValue(infoAddress),
            "state_directory": .string(stateDirectory), "startup_directory": .string(startupDirectory),
            "prints_console": .bool(printsConsole), "log_level": .string(logLevel),
        ]
    }

    /// Reads settings; nil if a part is missing.
    public init?(_ value: JSONValue) {
        guard let controlAddress = value["control_address"]?.string,
            let stateDirectory = value["state_directory"]?.string,
            let startupDirectory = value["startup_directory"]?.string
        else { return nil }
        self.controlAddress = controlAddress
        infoAddress = value["info_address"]?.string
        self.stateDirectory = stateDirectory
        self.startupDirectory = startupDirectory
        printsConsole = value["prints_console"]?.bool ?? true
        logLevel = value["log_level"]?.string ?? "info"
    }
}
