public import Wire

/// A method of the manager's API with its parameters.
public struct Request: Sendable, Hashable {
    /// The method's name, for example `queue_item_add`.
    public let method: String
    /// The parameters by name.
    public var parameters: JSONObject

    /// A request with these parameters.
    public init(_ method: String, _ parameters: JSONObject = [:]) {
        self.method = method
        self.parameters = parameters
    }

    /// The request as the bytes of one message.
    public func encoded(as encoding: MessageEncoding = .json) -> [UInt8] {
        encoding.encode(JSONObject([("method", .string(method)), ("params", .object(parameters))]))
    }

    /// A copy with the user, the group and the lock key of `configuration` filled in where the method takes them and
    /// the request leaves them open.
    public func completed(with configuration: ClientConfiguration) -> Request {
        var request = self
        let defaults: [(key: String, methods: Set<String>, value: String?)] = [
            ("user", Request.methodsWithUser, configuration.user),
            ("user_group", Request.methodsWithUserGroup, configuration.userGroup),
            ("lock_key", Request.methodsWithLockKey, configuration.lockKey),
        ]
        for (key, methods, value) in defaults where methods.contains(method) && request.parameters[key] == nil {
            request.parameters[key] = value.map(JSONValue.string)
        }
        return request
    }

    /// Whether the request changes nothing, so that it may be repeated.
    var isReadOnly: Bool { Request.isReadOnly(method) }

    /// Whether the method changes nothing.
    static func isReadOnly(_ method: String) -> Bool { readOnlyMethods.contains(method) }

    private static let readOnlyMethods: Set<String> = [
        "status", "ping", "config_get", "queue_get", "queue_item_get", "history_get", "permissions_get",
        "plans_allowed", "plans_existing", "devices_allowed", "devices_existing", "task_status", "task_result",
        "re_runs", "re_metadata", "re_suspensions", "lock_info", "console_output", "console_output_uid",
        "console_output_update",
        "audit_get",
    ]

    private static let methodsWithUser: Set<String> = [
        "queue_item_add", "queue_item_add_batch", "queue_item_update", "queue_item_execute", "function_execute", "lock",
    ]

    private static let methodsWithUserGroup: Set<String> = [
        "queue_item_add", "queue_item_add_batch", "queue_item_update", "queue_item_execute", "function_execute",
        "plans_allowed", "devices_allowed",
    ]

    private static let methodsWithLockKey: Set<String> = [
        "environment_open", "environment_close", "environment_destroy", "environment_update",
        "queue_item_add", "queue_item_add_batch", "queue_item_update", "queue_item_execute", "queue_item_remove",
        "queue_item_remove_batch", "queue_item_move", "queue_item_move_batch", "queue_item_release", "queue_clear",
        "queue_mode_set", "queue_start", "queue_stop", "queue_stop_cancel", "queue_autostart", "history_clear",
        "re_pause", "re_resume", "re_stop", "re_abort", "re_halt", "kernel_interrupt",
        "permissions_reload", "permissions_set", "script_upload", "function_execute", "lock", "unlock", "lock_info",
    ]
}

extension JSONObject {
    /// Sets the member if there is a value.
    mutating func set(_ key: String, _ value: JSONValue?) {
        if let value { self[key] = value }
    }
}
