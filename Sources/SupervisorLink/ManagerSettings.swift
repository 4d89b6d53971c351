public import Wire

/// What a manager needs to know before it starts. The supervisor resolves it from the command line and the environment
/// and hands it on as JSON; secrets are not part of it.
public struct ManagerSettings: Sendable, Equatable {
    /// When the permissions are read from the profile's file.
    public enum PermissionsReload: String, Sendable, CaseIterable {
        /// When there are none yet.
        case never = "NEVER"
        /// When there are none yet, and when a client asks for it.
        case onRequest = "ON_REQUEST"
        /// At each start, and when a client asks for it.
        case onStartup = "ON_STARTUP"
    }

    /// When the file of existing plans and devices is written.
    public enum ListsUpdate: String, Sendable, CaseIterable {
        /// Not at all.
        case never = "NEVER"
        /// When an environment has been opened and its lists are others.
        case environmentOpen = "ENVIRONMENT_OPEN"
        /// Whenever the lists change.
        case always = "ALWAYS"
    }

    /// What becomes of an item whose plan has failed.
    public enum OnFailure: String, Sendable, CaseIterable {
        /// It goes back to the front of the queue.
        case front
        /// It goes back to the front of the queue and is not run until it is released.
        case hold
        /// It is in the history only.
        case drop
    }

    /// Address of the control socket (REP).
    public var controlAddress: String
    /// Address of the socket for console output and status messages (PUB); nil if nothing is published.
    public var infoAddress: String?
    /// The file of the secret CURVE key; nil if it is in the environment, or there is none.
    public var privateKeyFile: String?
    /// The file of the key that opens any lock; nil if it is in the environment, or there is none.
    public var emergencyLockKeyFile: String?
    /// The file of the clients that are admitted; nil if everybody is who knows the manager's key.
    public var clientsFile: String?
    /// Whether the socket for console output and status messages is encrypted too.
    public var encryptsInfo = false
    /// How messages are written on both sockets.
    public var encoding: MessageEncoding = .json
    /// The folder of the store.
    public var stateDirectory: String
    /// What the names of the keys in Redis begin with, if the store is there; nil if it is a file in the state
    /// directory.
    public var redisPrefix: String?
    /// Where devices and plans come from.
    public var startup: StartupLocation
    /// The program that hosts them.
    public var worker: WorkerProgram = .native()
    /// The folder to which the worker writes the documents of each run; nil if it does not.
    public var documentsDirectory: String?
    /// The file of user group permissions.
    public var permissionsFile: String
    /// When that file is read.
    public var permissionsReload: PermissionsReload = .onStartup
    /// The file of existing plans and devices.
    public var listsFile: String
    /// When that file is written.
    public var listsUpdate: ListsUpdate = .environmentOpen
    /// What becomes of an item whose plan has failed, if the item does not say it.
    public var onFailure: OnFailure = .front
    /// How many entries the history has at most; nil for any number.
    public var historyEntries: Int?
    /// How many days entries of the history are kept; nil for ever.
    public var historyDays: Double?
    /// The port of this machine on which metrics are served, 0 for any that is free; nil if they are not.
    public var metricsPort: Int?
    /// Which of the run engine's metadata clients may see, as paths such as `/sample/name`.
    public var permittedMetadataKeys: [String] = ["/"]
    /// For how many days requests that change something are on record; 0 for not at all.
    public var auditDays = 365
    /// Whether a former manager is replaced whose worker may still run.
    public var isReplacement = false
    /// Whether console output and log lines go to standard output.
    public var printsConsole: Bool
    /// The lowest level of log lines: `debug`, `info`, `warning` or `critical`.
    public var logLevel: String

    /// The variable of the environment with the address of the Redis server, which may have a password in it.
    public static let redisAddressVariable = "RE_MANAGER_REDIS_ADDRESS"

    /// Settings with all their parts.
    public init(
        controlAddress: String,
        infoAddress: String?,
        stateDirectory: String,
        startup: StartupLocation,
        permissionsFile: String,
        listsFile: String,
        printsConsole: Bool,
        logLevel: String
    ) {
        self.controlAddress = controlAddress
        self.infoAddress = infoAddress
        self.stateDirectory = stateDirectory
        self.startup = startup
        self.permissionsFile = permissionsFile
        self.listsFile = listsFile
        self.printsConsole = printsConsole
        self.logLevel = logLevel
    }

    /// The settings as JSON.
    public var json: JSONValue {
        [
            "control_address": .string(controlAddress), "info_address": JSONValue(infoAddress),
            "private_key_file": JSONValue(privateKeyFile),
            "emergency_lock_key_file": JSONValue(emergencyLockKeyFile), "clients_file": JSONValue(clientsFile),
            "encrypts_info": .bool(encryptsInfo),
            "encoding": .string(encoding.rawValue),
            "state_directory": .string(stateDirectory), "startup": startup.json, "worker": worker.json,
            "redis_prefix": JSONValue(redisPrefix),
            "on_failure": .string(onFailure.rawValue),
            "history_entries": JSONValue(historyEntries), "history_days": JSONValue(historyDays),
            "metrics_port": JSONValue(metricsPort),
            "permissions_file": .string(permissionsFile),
            "permissions_reload": .string(permissionsReload.rawValue), "lists_file": .string(listsFile),
            "lists_update": .string(listsUpdate.rawValue), "documents_directory": JSONValue(documentsDirectory),
            "permitted_metadata_keys": JSONValue(permittedMetadataKeys), "is_replacement": .bool(isReplacement),
            "audit_days": .integer(auditDays),
            "prints_console": .bool(printsConsole), "log_level": .string(logLevel),
        ]
    }

    /// Reads settings; nil if a part is missing.
    public init?(_ value: JSONValue) {
        guard let controlAddress = value["control_address"]?.string,
            let stateDirectory = value["state_directory"]?.string,
            let startup = StartupLocation(value["startup"]), let worker = WorkerProgram(value["worker"])
        else { return nil }
        self.controlAddress = controlAddress
        infoAddress = value["info_address"]?.string
        privateKeyFile = value["private_key_file"]?.string
        emergencyLockKeyFile = value["emergency_lock_key_file"]?.string
        clientsFile = value["clients_file"]?.string
        encryptsInfo = value["encrypts_info"]?.bool ?? false
        documentsDirectory = value["documents_directory"]?.string
        encoding = value["encoding"]?.string.flatMap(MessageEncoding.init) ?? .json
        permissionsFile = value["permissions_file"]?.string ?? ""
        permissionsReload = value["permissions_reload"]?.string.flatMap(PermissionsReload.init) ?? .onStartup
        listsFile = value["lists_file"]?.string ?? ""
        listsUpdate = value["lists_update"]?.string.flatMap(ListsUpdate.init) ?? .environmentOpen
        permittedMetadataKeys = (value["permitted_metadata_keys"]?.array ?? []).compactMap(\.string)
        auditDays = value["audit_days"]?.integer ?? 365
        isReplacement = value["is_replacement"]?.bool ?? false
        self.stateDirectory = stateDirectory
        redisPrefix = value["redis_prefix"]?.string
        historyEntries = value["history_entries"]?.integer
        historyDays = value["history_days"]?.number
        metricsPort = value["metrics_port"]?.integer
        onFailure = value["on_failure"]?.string.flatMap(OnFailure.init) ?? .front
        self.startup = startup
        self.worker = worker
        printsConsole = value["prints_console"]?.bool ?? true
        logLevel = value["log_level"]?.string ?? "info"
    }
}
