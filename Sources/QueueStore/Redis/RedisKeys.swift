import Wire

/// The names and formats of bluesky-queueserver 0.0.25, so that either manager carries on where the other has stopped.
struct RedisKeys: Sendable {
    let queue: String
    let history: String
    /// Says which transaction was the last one, so that it is known after a loss of the connection. The original has
    /// no such key and does not mind it.
    let revision: String
    /// The name of connections that work with these keys.
    let clientName: String
    private let prefix: String

    init(prefix: String) {
        // Names of connections have neither spaces nor anything beyond ASCII.
        let hexadecimal = prefix.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        clientName = "run-engine-manager:" + hexadecimal
        let prefix = prefix.isEmpty ? "" : prefix + "_"
        self.prefix = prefix
        queue = prefix + "plan_queue"
        history = prefix + "plan_history"
        revision = prefix + "store_revision"
    }

    /// All keys under which anything is kept.
    var all: [String] { [queue, history, revision] + Setting.allCases.map { key(of: $0) } }

    func key(of setting: Setting) -> String {
        switch setting {
        case .runningItem: prefix + "running_plan"
        case .queueMode: prefix + "plan_queue_mode"
        case .lock: prefix + "lock_info"
        case .permissions: prefix + "user_group_permissions"
        case .autostart: prefix + "autostart_mode_info"
        case .stopPending: prefix + "stop_pending_info"
        }
    }

    /// The command that stores a setting, or removes it.
    func command(_ setting: Setting, _ value: JSONValue?) -> RedisCommand {
        guard let value = RedisKeys.stored(setting, value) else { return RedisCommand("DEL", key(of: setting)) }
        return RedisCommand("SET", [Array(key(of: setting).utf8), value.encoded])
    }

    private static func stored(_ setting: Setting, _ value: JSONValue?) -> JSONValue? {
        switch setting {
        case .runningItem: value ?? [:]
        case .autostart, .stopPending: value.map { ["enabled": $0] }
        case .queueMode, .lock, .permissions: value
        }
    }

    /// Reads a stored setting; nil if it says nothing.
    ///
    /// - Throws: ``QueueStoreError`` if it is no JSON.
    func value(_ setting: Setting, _ bytes: [UInt8]?) throws -> JSONValue? {
        guard let bytes, !bytes.isEmpty else { return nil }
        guard let value = try? JSONValue(parsing: bytes) else {
            throw QueueStoreError("The Redis key '\(key(of: setting))' has a value that is no JSON")
        }
        switch setting {
        case .runningItem: if value["item_uid"]?.string != nil { return value }
        case .autostart, .stopPending: return value["enabled"]
        case .queueMode, .lock, .permissions: if !value.isNull { return value }
        }
        return nil
    }
}
