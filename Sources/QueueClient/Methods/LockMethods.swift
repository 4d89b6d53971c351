public import Wire

/// Who locked what.
public struct LockInfo: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// Whether the environment is locked.
    public var environment: Bool { raw["environment"]?.bool ?? false }
    /// Whether the queue is locked.
    public var queue: Bool { raw["queue"]?.bool ?? false }
    /// Who locked it.
    public var user: String? { raw["user"]?.string }
    /// The note left by that user.
    public var note: String? { raw["note"]?.string }
    /// Since when, in seconds since 1970.
    public var time: Double? { raw["time"]?.number }
}

extension Request {
    package static func lock(environment: Bool, queue: Bool, note: String? = nil) -> Request {
        var request = Request("lock")
        if environment { request.parameters["environment"] = true }
        if queue { request.parameters["queue"] = true }
        request.parameters.set("note", note.map(JSONValue.string))
        return request
    }

    package static let unlock = Request("unlock")
    package static let lockInfo = Request("lock_info")
}

extension QueueClient {
    /// Locks the environment, the queue or both with ``ClientConfiguration/lockKey``: requests that change them are
    /// refused without that key.
    @discardableResult
    public func lock(environment: Bool = false, queue: Bool = false, note: String? = nil) async throws -> LockInfo {
        try await lockInfo(of: .lock(environment: environment, queue: queue, note: note))
    }

    /// Removes the lock with ``ClientConfiguration/lockKey``, or with the emergency key if that is what it is.
    @discardableResult
    public func unlock() async throws -> LockInfo { try await lockInfo(of: .unlock) }

    /// Who locked what. With a lock key in the configuration the key is checked too.
    public func lockInfo() async throws -> LockInfo { try await lockInfo(of: .lockInfo) }

    private func lockInfo(of request: Request) async throws -> LockInfo {
        LockInfo(try await perform(request)["lock_info"]?.object ?? [:])
    }
}
