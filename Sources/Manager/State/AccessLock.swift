import Wire

/// The lock by which a user keeps others from changing the environment, the queue or both.
struct AccessLock: Sendable, Equatable {
    /// What a lock can cover.
    enum Part: Sendable {
        case environment, queue
    }

    private var locksEnvironment = false
    private var locksQueue = false
    private var user: String?
    private var note: String?
    private var time: Double?
    private var timeText = ""
    private var key: LockKey?
    /// Changes with each lock and unlock.
    private(set) var uid = UID.make()
    /// A key that opens any lock, but does nothing else.
    private let emergencyKey: LockKey?

    init(emergencyKey: String?) { self.init(emergencyKey: emergencyKey.map { LockKey($0) }) }

    private init(emergencyKey: LockKey?) { self.emergencyKey = emergencyKey }

    /// Whether the part is locked.
    func covers(_ part: Part) -> Bool { part == .environment ? locksEnvironment : locksQueue }

    private var isLocked: Bool { locksEnvironment || locksQueue }

    // MARK: Checks

    /// Refuses a request about this part that does not have the key.
    func check(_ key: String?, for part: Part) throws(Refusal) {
        guard covers(part), !matches(key) else { return }
        throw .request("Invalid lock key: \n\(description)")
    }

    /// Refuses a wrong key, whatever is locked.
    func check(_ key: String) throws(Refusal) {
        guard isLocked, !matches(key) else { return }
        throw .request("Invalid lock key: \n\(description)")
    }

    private func matches(_ candidate: String?) -> Bool {
        guard let key, let candidate else { return false }
        return key.matches(candidate)
    }

    // MARK: Locking

    /// Locks parts. Whoever has the key may lock again, which replaces the lock.
    mutating func lock(
        environment: Bool,
        queue: Bool,
        key: String,
        user: String,
        note: String?,
        time: Double,
        timeText: String
    ) throws(Refusal) {
        if isLocked, !matches(key) {
            throw .request("RE Manager was locked with a different key: \n\(description)")
        }
        (locksEnvironment, locksQueue) = (environment, queue)
        (self.user, self.note, self.key) = (user, note, LockKey(key))
        (self.time, self.timeText) = (time, timeText)
        uid = UID.make()
    }

    /// Unlocks everything. Without a lock there is nothing to do, and any key will do.
    ///
    /// - Returns: Whether anything was locked.
    mutating func unlock(key: String) throws(Refusal) -> Bool {
        guard isLocked else { return false }
        guard matches(key) || emergencyKey?.matches(key) == true else {
            throw .request("Invalid lock key: \n\(description)")
        }
        self = AccessLock(emergencyKey: emergencyKey)
        return true
    }

    // MARK: Forms

    /// The member `lock` of the status.
    var summary: JSONValue { ["environment": .bool(locksEnvironment), "queue": .bool(locksQueue)] }

    /// The member `lock_info` of replies. The key is not part of it.
    var info: JSONValue {
        [
            "environment": .bool(locksEnvironment), "queue": .bool(locksQueue), "user": JSONValue(user),
            "time": JSONValue(time), "time_str": .string(timeText), "note": JSONValue(note),
            "emergency_lock_key_is_set": .bool(emergencyKey != nil),
        ]
    }

    /// What a refused user reads.
    private var description: String {
        """
        RE Manager is locked by \(user ?? "") at \(timeText)
        Environment is locked: \(locksEnvironment ? "True" : "False")
        Queue is locked:       \(locksQueue ? "True" : "False")
        Emergency lock key:    \(emergencyKey == nil ? "not set" : "set")
        Note: \(note ?? "---")
        """
    }

    /// The lock as it is stored.
    ///
    /// - Parameter hidesKey: Whether a hash takes the place of the key, from which the key cannot be found out. The
    ///   reference, which may share a store, knows keys only.
    func stored(hidesKey: Bool) -> JSONValue {
        let hash = hidesKey ? key?.hash : nil
        return [
            "environment": .bool(locksEnvironment), "queue": .bool(locksQueue), "user": JSONValue(user),
            "note": JSONValue(note), "time": JSONValue(time), "time_str": .string(timeText),
            "lock_key": JSONValue(hash == nil ? key?.text : nil), "lock_key_hash": JSONValue(hash),
            "uid": .string(uid),
        ]
    }

    /// Reads the stored lock back; without one nothing is locked.
    init(stored value: JSONValue?, emergencyKey: String?) {
        self.init(emergencyKey: emergencyKey)
        guard let value else { return }
        locksEnvironment = value["environment"]?.bool ?? false
        locksQueue = value["queue"]?.bool ?? false
        user = value["user"]?.string
        note = value["note"]?.string
        time = value["time"]?.number
        // The original stores the number only.
        timeText = value["time_str"]?.string ?? time.map(WallClock.localAmerican) ?? ""
        key = value["lock_key"]?.string.map { LockKey($0) } ?? value["lock_key_hash"]?.string.map { LockKey(hash: $0) }
        uid = value["uid"]?.string ?? uid
    }
}
