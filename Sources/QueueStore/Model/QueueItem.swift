public import Wire

/// A plan or an instruction that waits in the queue, runs, or has run.
///
/// The item is kept as the JSON object that clients submitted and see, together with its encoded bytes, so that a
/// listing of the queue costs no encoding.
public struct QueueItem: Sendable, Hashable {
    /// Identifies the item; a copy that goes back to the queue gets a new one.
    public let uid: String
    /// All members, `item_uid` among them.
    public let members: JSONObject
    /// The members as JSON.
    public let encoded: [UInt8]

    /// Makes an item of the members; the member `item_uid` is set to `uid`.
    public init(uid: String, members: JSONObject) {
        var members = members
        members["item_uid"] = .string(uid)
        self.uid = uid
        self.members = members
        encoded = members.encoded
    }

    /// Reads an item back from its bytes.
    ///
    /// - Throws: ``QueueStoreError`` if they are no JSON object with an `item_uid`.
    public init(encoded: [UInt8]) throws {
        guard case .object(let members) = try? JSONValue(parsing: encoded), let uid = members["item_uid"]?.string else {
            throw QueueStoreError("A stored item is damaged: \(String(decoding: encoded.prefix(200), as: UTF8.self))")
        }
        self.uid = uid
        self.members = members
        self.encoded = encoded
    }

    /// Name of the plan or instruction.
    public var name: String { members["name"]?.string ?? "" }

    /// Whether this is an instruction to the queue itself rather than a plan.
    public var isInstruction: Bool { members["item_type"]?.string == "instruction" }

    /// Whether the item is passed over until it is released.
    public var isHeld: Bool { members["properties"]?["held"].map { $0 != false && !$0.isNull } ?? false }

    /// The item, held or released.
    public func held(_ isHeld: Bool) -> QueueItem {
        var properties = members["properties"]?.object ?? [:]
        properties["held"] = isHeld ? true : nil
        var members = members
        members["properties"] = properties.isEmpty ? nil : .object(properties)
        return QueueItem(uid: uid, members: members)
    }

    /// Two items are the same when their members are.
    public static func == (left: QueueItem, right: QueueItem) -> Bool { left.members == right.members }

    /// Hashes the UID.
    public func hash(into hasher: inout Hasher) { hasher.combine(uid) }
}
