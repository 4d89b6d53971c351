public import Wire

/// A plan, an instruction or a function call, as the queue and the history hold it.
public struct QueueItem: Sendable, Hashable {
    /// The object as it arrived or will be sent.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// A plan with its arguments.
    ///
    /// - Parameters:
    ///   - name: The plan's name, for example `count`.
    ///   - arguments: Values of its first parameters, in order; devices are given by name.
    ///   - keywordArguments: Values of further parameters by name.
    ///   - metadata: Members for the start document of each run.
    public static func plan(
        _ name: String,
        _ arguments: [JSONValue] = [],
        keywordArguments: JSONObject = [:],
        metadata: JSONObject = [:]
    ) -> QueueItem {
        var raw: JSONObject = [
            "item_type": "plan", "name": .string(name), "args": .array(arguments), "kwargs": .object(keywordArguments),
        ]
        if !metadata.isEmpty { raw["meta"] = .object(metadata) }
        return QueueItem(raw)
    }

    /// The instruction that stops the queue when its turn comes.
    public static let queueStop = QueueItem(["item_type": "instruction", "name": "queue_stop"])

    /// A call of a function in the environment.
    public static func function(
        _ name: String,
        _ arguments: [JSONValue] = [],
        keywordArguments: JSONObject = [:]
    ) -> QueueItem {
        QueueItem([
            "item_type": "function", "name": .string(name), "args": .array(arguments),
            "kwargs": .object(keywordArguments),
        ])
    }

    /// The identifier that the manager gave to the item.
    public var uid: String? { raw["item_uid"]?.string }
    /// `plan`, `instruction` or `function`.
    public var type: String { raw["item_type"]?.string ?? "" }
    /// Name of the plan, the instruction or the function.
    public var name: String { raw["name"]?.string ?? "" }
    /// Values of the first parameters, in order.
    public var arguments: [JSONValue] { raw["args"]?.array ?? [] }
    /// Values of further parameters by name.
    public var keywordArguments: JSONObject { raw["kwargs"]?.object ?? [:] }
    /// Who submitted the item.
    public var user: String? { raw["user"]?.string }
    /// On behalf of which group.
    public var userGroup: String? { raw["user_group"]?.string }
    /// Whether the queue passes the item over until it is released.
    public var isHeld: Bool { raw["properties"]?["held"].map { $0 != false && !$0.isNull } ?? false }
    /// How the item ended, for items of the history and for items that came back to the queue after a failure.
    public var result: ItemResult? { raw["result"]?.object.map(ItemResult.init) }
}

/// How an item ended.
public struct ItemResult: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// `completed`, `failed`, `stopped`, `aborted`, `halted` or `unknown`.
    public var exitStatus: String { raw["exit_status"]?.string ?? "unknown" }
    /// Identifiers of the runs that the plan made.
    public var runUIDs: [String] { raw["run_uids"]?.array?.compactMap(\.string) ?? [] }
    /// Numbers of the runs that the plan made.
    public var scanIDs: [Int] { raw["scan_ids"]?.array?.compactMap(\.integer) ?? [] }
    /// When the item started, in seconds since 1970.
    public var timeStart: Double? { raw["time_start"]?.number }
    /// When the item ended, in seconds since 1970.
    public var timeStop: Double? { raw["time_stop"]?.number }
    /// What went wrong; empty if nothing did.
    public var message: String { raw["msg"]?.string ?? "" }
    /// Where it went wrong; empty if nothing did.
    public var traceback: String { raw["traceback"]?.string ?? "" }
}
