import QueueStore
import Wire

extension APIMethod {
    static let updatingMethods = [
        APIMethod(
            "queue_item_update",
            right: .queue,
            parameters: ["user_group", "user", "item", "replace", "lock_key"],
            prefix: "Failed to add an item: ",
            failure: ["item": nil, "qsize": 0],
            locked: .queue,
            body: updateItem
        ),
        APIMethod(
            "queue_item_execute",
            right: .run,
            parameters: ["item", "user_group", "user", "lock_key"],
            prefix: "Failed to start execution of the item: ",
            failure: ["item": nil, "qsize": nil],
            locked: .environment
        ) { manager, parameters in
            let item = QueueItem(
                uid: UID.make(),
                members: try SubmittedItem.validated(parameters, by: manager.lists, keepsAll: true)
            )
            do {
                try manager.transition { try $0.execute(item, at: WallClock.now) }
            } catch let refusal as Refusal {
                // Here the texts about the state have the prefix too.
                throw Refusal.request(refusal.message).showing(.object(item.members))
            }
            return .members(["item": .object(item.members), "qsize": .integer(manager.queue.count)])
        },
    ]

    private static func updateItem(_ manager: isolated Manager, _ parameters: Parameters) throws -> Reply {
        var members = try SubmittedItem.validated(parameters, by: manager.lists)
        let old = members["item_uid"]
        let replaces = parameters["replace"]?.isTruthy == true
        guard replaces || old != nil else {
            let item = parameters["item"] ?? .null
            throw Refusal.request("Item description contains no UID and UID generation is skipped").showing(item)
        }
        let uid = old?.pythonString ?? "None"
        if replaces { members["item_uid"] = .string(UID.make()) }
        let shown = JSONValue.object(members)
        if old?.array != nil || old?.object != nil {
            throw Refusal.request("unhashable type: '\(old?.pythonTypeName ?? "")'").showing(shown)
        }
        if uid == manager.runningUID {
            throw Refusal.request("Failed to replace item: Item with UID '\(uid)' is currently running").showing(shown)
        }
        guard let present = manager.queue[uid: uid], let newUID = members["item_uid"]?.string else {
            throw Refusal.request("Failed to replace item: Item with UID '\(uid)' is not in the queue").showing(shown)
        }
        let item = QueueItem(uid: newUID, members: members)
        try manager.commit(item == present ? [] : [.replace(uid: uid, with: item)])
        return .members(["item": .object(item.members), "qsize": .integer(manager.queue.count)])
    }
}
