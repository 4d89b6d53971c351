/// A request that was to change something, and what came of it.
public struct AuditEntry: Sendable, Hashable {
    /// When it arrived, in seconds since 1970.
    public var time: Double
    /// Name of the key that it came with; nil where clients are not known by their keys.
    public var client: String?
    /// Where it came from, for example `192.168.0.7`; nil for a UNIX socket.
    public var address: String?
    /// On whose behalf: the user of the key, else the one that the request names, if it names one.
    public var user: String?
    /// Name of the method.
    public var method: String
    /// Identifiers of the items or the task that it was about.
    public var uids: [String] = []
    /// Names of the plans, instructions or functions that it was about.
    public var names: [String] = []
    /// Whether it was carried out.
    public var success = true
    /// Why it was not; empty if it was.
    public var message = ""

    /// A request that has just arrived.
    public init(time: Double, client: String? = nil, address: String? = nil, user: String? = nil, method: String) {
        self.time = time
        self.client = client
        self.address = address
        self.user = user
        self.method = method
    }
}

/// Which entries are asked for. What is nil does not matter.
public struct AuditFilter: Sendable, Hashable {
    /// Entries of this time and later ones, in seconds since 1970.
    public var since: Double?
    /// Entries before this time, in seconds since 1970.
    public var until: Double?
    /// Entries of this user.
    public var user: String?
    /// Entries of this key.
    public var client: String?
    /// Entries of this method.
    public var method: String?
    /// How many entries there may be; the newest count.
    public var limit: Int

    /// The newest entries.
    public init(limit: Int) { self.limit = limit }
}
