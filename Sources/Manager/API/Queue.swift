import QueueStore
import Wire

extension APIMethod {
    static let queueMethods = [
        APIMethod("queue_get", right: .read, failure: ["items": [], "running_item": [:], "plan_queue_uid": ""]) {
            manager,
            _ in
            .encoded(
                encodedReply(
                    [
                        "plan_queue_uid": .string(manager.uids.planQueue),
                        "running_item": .object(manager.execution.running?.members ?? [:]),
                    ],
                    items: manager.queue.items.lazy.map(\.encoded)
                )
            )
        },
        APIMethod("queue_clear", right: .queue, parameters: ["lock_key"], locked: .queue) { manager, _ in
            try manager.commit([.removeAll])
            return .done
        },
        APIMethod(
            "queue_item_add",
            right: .queue,
            parameters: ["user_group", "user", "item", "pos", "before_uid", "after_uid", "lock_key"],
            prefix: "Failed to add an item: ",
            failure: ["item": nil, "qsize": nil],
            locked: .queue,
            body: addItem
        ),
        APIMethod(
            "queue_item_get",
            right: .read,
            parameters: ["pos", "uid"],
            prefix: "Failed to get an item: ",
            failure: ["item": [:]]
        ) { manager, parameters in
            let reference = try ItemReference(parameters)
            let item = try reference.find(in: manager.queue, runningUID: manager.runningUID)
            return .members(["item": .object(item.members)])
        },
        APIMethod(
            "queue_item_remove",
            right: .queue,
            parameters: ["pos", "uid", "lock_key"],
            prefix: "Failed to remove an item: ",
            failure: ["item": [:], "qsize": nil],
            locked: .queue
        ) { manager, parameters in
            let reference = try ItemReference(parameters)
            let item = try reference.findForRemoval(in: manager.queue, runningUID: manager.runningUID)
            try manager.commit([.remove(uid: item.uid)])
            return .members(["item": .object(item.members), "qsize": .integer(manager.queue.count)])
        },
        APIMethod(
            "queue_item_release",
            right: .queue,
            parameters: ["pos", "uid", "lock_key"],
            prefix: "Failed to release an item: ",
            failure: ["item": [:]],
            locked: .queue
        ) { manager, parameters in
            let reference = try ItemReference(parameters)
            let item = try reference.find(in: manager.queue, runningUID: manager.runningUID)
            guard item.isHeld else { throw Refusal.request("The item with UID '\(item.uid)' is not held") }
            let released = item.held(false)
            try manager.commit([.replace(uid: item.uid, with: released)])
            return .members(["item": .object(released.members)])
        },
    ]

    private static func addItem(_ manager: isolated Manager, _ parameters: Parameters) throws -> Reply {
        let item = QueueItem(
            uid: UID.make(),
            members: try SubmittedItem.validated(parameters, by: manager.lists)
        )
        do throws(Refusal) {
            let index = try InsertionPlace(parameters).index(in: manager.queue, runningUID: manager.runningUID)
            try manager.commit(manager.queue.inserting([item], at: index))
        } catch {
            throw error.showing(.object(item.members))
        }
        return .members(["item": .object(item.members), "qsize": .integer(manager.queue.count)])
    }
}
