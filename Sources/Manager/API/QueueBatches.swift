import QueueStore
import Wire

extension APIMethod {
    static let batchMethods = [
        APIMethod(
            "queue_item_add_batch",
            right: .queue,
            parameters: ["user_group", "user", "items", "pos", "before_uid", "after_uid", "lock_key"],
            prefix: "Failed to add an item: ",
            failure: ["items": [], "results": []],
            failsWithQueueSize: true,
            locked: .queue,
            body: addBatch
        ),
        APIMethod(
            "queue_item_remove_batch",
            right: .queue,
            parameters: ["uids", "ignore_missing", "lock_key"],
            prefix: "Failed to remove a batch of items: ",
            failure: ["items": [], "qsize": nil],
            locked: .queue
        ) { manager, parameters in
            let uids = try ItemBatch(parameters["uids"])
            if parameters["ignore_missing"]?.isTruthy == false {
                try uids.checkUnique()
                try uids.checkPresent(in: manager.queue, runningUID: manager.runningUID)
            }
            let items = uids.found(in: manager.queue)
            try manager.commit(items.map { .remove(uid: $0.uid) })
            return .members([
                "items": .array(items.map { .object($0.members) }), "qsize": .integer(manager.queue.count),
            ])
        },
    ]

    private static func addBatch(_ manager: isolated Manager, _ parameters: Parameters) throws -> Reply {
        guard let submitted = parameters["items"] else {
            throw Refusal.request("Invalid request format: the list of items is not found")
        }
        let submitter = try Submitter(parameters, manager.lists)
        let values = try elements(of: submitted)

        var problems: [String?] = []
        var items: [QueueItem] = []
        for value in values {
            do throws(Refusal) {
                let members = try SubmittedItem(value).validated(for: submitter, by: manager.lists)
                items.append(QueueItem(uid: UID.make(), members: members))
                problems.append(nil)
            } catch {
                problems.append("Failed to add a plan: \(error.message)")
            }
        }
        guard items.count == values.count else { throw failedBatch(problems, items: submitted) }

        let members = JSONValue.array(items.map { .object($0.members) })
        if !items.isEmpty {
            do throws(Refusal) {
                let index = try InsertionPlace(parameters).index(in: manager.queue, runningUID: manager.runningUID)
                try manager.commit(manager.queue.inserting(items, at: index))
            } catch {
                let problem = "Failed to add item to queue: \(error.message)"
                throw failedBatch(items.map { _ in problem }, items: members)
            }
        }
        return .members([
            "qsize": .integer(manager.queue.count), "items": members,
            "results": .array(items.map { _ in result(nil) }),
        ])
    }

    /// What Python finds when it goes through the value: elements, letters or keys.
    private static func elements(of value: JSONValue) throws(Refusal) -> [JSONValue] {
        switch value {
        case .array(let elements): elements
        case .string(let text): text.map { .string(String($0)) }
        case .object(let members): members.keys.map(JSONValue.string)
        default: throw .request("'\(value.pythonTypeName)' object is not iterable")
        }
    }

    private static func failedBatch(_ problems: [String?], items: JSONValue) -> Refusal {
        let count = problems.count { $0 != nil }
        return Refusal(
            message: "Failed to add all items: validation of \(count) out of \(problems.count) submitted items failed",
            hasPrefix: false,
            members: ["items": items, "results": .array(problems.map(result))]
        )
    }

    private static func result(_ problem: String?) -> JSONValue {
        ["success": .bool(problem == nil), "msg": .string(problem ?? "")]
    }
}
