public import SupervisorLink

/// What a configuration says about a manager; nil where it says nothing.
public struct ManagerConfiguration: Sendable, Equatable {
    /// How much is logged.
    public enum LoggingLevel: String, Sendable, CaseIterable {
        case verbose = "VERBOSE"
        case normal = "NORMAL"
        case quiet = "QUIET"
        case silent = "SILENT"
    }

    /// A member that changes nothing here.
    public struct Ignored: Sendable, Equatable {
        /// For example `worker/ipython_kernel_ip`.
        public let member: String
        /// Why it changes nothing.
        public let reason: String
    }

    /// Address of the control socket.
    public var controlAddress: String?
    /// Secret CURVE key of the control socket.
    public var privateKey: String?
    /// File of the secret CURVE key.
    public var privateKeyFile: String?
    /// File of the clients that are admitted.
    public var clientsFile: String?
    /// Address of the socket for console output and status.
    public var infoAddress: String?
    /// Name of the encoding of both sockets.
    public var encoding: String?
    /// Whether console output and status are published.
    public var publishesConsole: Bool?
    /// Address of the Redis server that keeps the queue and the history.
    public var redisAddress: String?
    /// What the names of the Redis keys begin with.
    public var redisPrefix: String?
    /// Whether the socket for console output and status is encrypted too.
    public var encryptsInfo: Bool?
    /// Folder of the profile.
    public var startupDirectory: String?
    /// Name of an IPython profile, in whose folder the startup code is.
    public var startupProfile: String?
    /// Name of a Python module with the startup code.
    public var startupModule: String?
    /// File with the startup code.
    public var startupScript: String?
    /// Folder of the IPython profiles.
    public var iPythonDirectory: String?
    /// How deep the lists of devices go.
    public var deviceMaximumDepth: Int?
    /// Whether plans that cannot be described are left out.
    public var ignoresInvalidPlans: Bool?
    /// Kind of the worker.
    public var workerType: String?
    /// The program of a native worker.
    public var workerExecutable: String?
    /// The interpreter of a Python worker.
    public var pythonInterpreter: String?
    /// File of existing plans and devices, or its folder.
    public var listsPath: String?
    /// File of user group permissions, or its folder.
    public var permissionsPath: String?
    /// Paths of the run engine's metadata that clients may see.
    public var permittedMetadataKeys: [String]?
    /// Whether the worker shall be an IPython kernel, which it cannot be.
    public var usesIPythonKernel: Bool?
    /// Whether console output and log lines are printed.
    public var printsConsole: Bool?
    /// How much is logged.
    public var loggingLevel: LoggingLevel?
    /// When the file of existing plans and devices is written.
    public var listsUpdate: ManagerSettings.ListsUpdate?
    /// When the permissions are read.
    public var permissionsReload: ManagerSettings.PermissionsReload?
    /// What becomes of an item whose plan has failed.
    public var onFailure: ManagerSettings.OnFailure?
    /// How many entries the history has at most.
    public var historyEntries: Int?
    /// How many days entries of the history are kept.
    public var historyDays: Double?
    /// The port of this machine on which metrics are served.
    public var metricsPort: Int?
    /// For how many days requests that change something are on record; 0 for not at all.
    public var auditDays: Int?
    /// A key that opens any lock.
    public var emergencyLockKey: String?
    /// File of a key that opens any lock.
    public var emergencyLockKeyFile: String?
    /// Members that are allowed and change nothing.
    public var ignored: [Ignored] = []

    /// A configuration that says nothing.
    public init() {}
}
