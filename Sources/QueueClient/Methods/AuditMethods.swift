public import Wire

/// A request that was to change something, and what came of it.
public struct AuditEntry: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// When it arrived, in seconds since 1970.
    public var time: Double? { raw["time"]?.number }
    /// Name of the key that it came with; nil where clients are not known by their keys.
    public var client: String? { raw["client"]?.string }
    /// Where it came from; nil for a UNIX socket.
    public var address: String? { raw["address"]?.string }
    /// On whose behalf, as far as that is known.
    public var user: String? { raw["user"]?.string }
    /// Name of the method.
    public var method: String { raw["method"]?.string ?? "" }
    /// Identifiers of the items or the task that it was about.
    public var itemUIDs: [String] { raw["item_uids"]?.array?.compactMap(\.string) ?? [] }
    /// Names of the plans, instructions or functions that it was about.
    public var names: [String] { raw["names"]?.array?.compactMap(\.string) ?? [] }
    /// Whether it was carried out.
    public var success: Bool { raw["success"]?.bool ?? false }
    /// Why it was not.
    public var message: String { raw["msg"]?.string ?? "" }
}

/// Which entries of the audit are asked for. What is nil does not matter.
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
    /// How many entries there may be, up to 10,000; the newest count. Nil means 1,000.
    public var limit: Int?

    /// The newest entries.
    public init() {}
}

extension Request {
    package static func auditGet(_ filter: AuditFilter) -> Request {
        var request = Request("audit_get")
        request.parameters.set("since", filter.since.map(JSONValue.double))
        request.parameters.set("until", filter.until.map(JSONValue.double))
        request.parameters.set("user", filter.user.map(JSONValue.string))
        request.parameters.set("client", filter.client.map(JSONValue.string))
        request.parameters.set("method", filter.method.map(JSONValue.string))
        request.parameters.set("limit", filter.limit.map(JSONValue.integer))
        return request
    }
}

extension QueueClient {
    /// Who asked for what, oldest first. Managers of bluesky-queueserver do not have this.
    public func auditGet(_ filter: AuditFilter = AuditFilter()) async throws -> [AuditEntry] {
        (try await perform(.auditGet(filter))["entries"]?.array ?? []).compactMap(\.object).map(AuditEntry.init)
    }
}
