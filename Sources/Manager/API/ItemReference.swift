import QueueStore
import Wire

/// How a request names one item of the queue: by position or by UID; by default the last one.
struct ItemReference {
    /// The UID, if the item is named by one.
    let uid: String?
    private let position: JSONValue

    init(_ parameters: Parameters) throws(Refusal) {
        let position = parameters["pos"] ?? .null
        let uid = parameters["uid"] ?? .null
        guard position.isNull || uid.isNull else {
            throw .request("Ambiguous parameters: plan position and UID is specified")
        }
        self.init(uid: uid, position: position.isNull ? "back" : position)
    }

    /// The item of a UID or, if that is null, at a position.
    init(uid: JSONValue, position: JSONValue) {
        self.uid = uid.isNull ? nil : uid.pythonString
        self.position = position
    }

    /// The item, to be looked at or moved.
    func find(in queue: PlanQueue, runningUID: String?) throws(Refusal) -> QueueItem {
        guard let uid else { return try item(at: position, in: queue, fault: "type") }
        if uid == runningUID {
            // The braces are the reference's; clients may look for the text.
            throw .request("The item with UID '{uid}' is currently running.")
        }
        guard let item = queue[uid: uid] else { throw .request("Item with UID '\(uid)' is not in the queue.") }
        return item
    }

    /// The item, to be removed.
    func findForRemoval(in queue: PlanQueue, runningUID: String?) throws(Refusal) -> QueueItem {
        guard let uid else {
            if queue.isEmpty, position == "front" || position == "back" { throw .request("Queue is empty") }
            return try item(at: position, in: queue, fault: "value")
        }
        if uid == runningUID { throw .request("Can not remove an item which is currently running.") }
        guard let item = queue[uid: uid] else { throw .request("Plan with UID '\(uid)' is not in the queue.") }
        return item
    }

    private func item(at position: JSONValue, in queue: PlanQueue, fault: String) throws(Refusal) -> QueueItem {
        guard let index = position == "front" ? 0 : position == "back" ? -1 : position.integer else {
            throw .request(
                "Parameter 'pos' has incorrect \(fault): pos=\(position.pythonString) (type=\(position.pythonType))"
            )
        }
        let place = index < 0 ? index + queue.count : index
        guard (0..<queue.count).contains(place) else {
            throw .request("Index '\(index)' is out of range (parameter pos = '\(position.pythonString)')")
        }
        return queue[place]
    }
}
