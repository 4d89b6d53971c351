import QueueStore
import Wire

/// The item that the worker executes, or has been asked to.
struct RunningItem: Sendable, Equatable {
    /// The item as it came from the queue.
    let item: QueueItem
    /// When it started, in seconds since 1970.
    let timeStart: Double
    /// Whether it came from `queue_item_execute` and not from the queue.
    let isImmediate: Bool

    init(item: QueueItem, timeStart: Double, isImmediate: Bool = false) {
        self.item = item
        self.timeStart = timeStart
        self.isImmediate = isImmediate
    }

    /// The item as clients see it while it runs, and as it is stored.
    var members: JSONObject {
        var properties = item.members["properties"]?.object ?? [:]
        properties["time_start"] = .double(timeStart)
        if isImmediate { properties["immediate_execution"] = true }
        var members = item.members
        members["properties"] = .object(properties)
        return members
    }

    /// Reads a stored item back; nil if it is damaged.
    init?(stored value: JSONValue) {
        guard case .object(var members) = value, let uid = members["item_uid"]?.string else { return nil }
        var properties = members["properties"]?.object ?? [:]
        timeStart = properties.removeValue(forKey: "time_start")?.number ?? 0
        isImmediate = properties.removeValue(forKey: "immediate_execution")?.isTruthy ?? false
        members["properties"] = properties.isEmpty ? nil : .object(properties)
        item = QueueItem(uid: uid, members: members)
    }
}
