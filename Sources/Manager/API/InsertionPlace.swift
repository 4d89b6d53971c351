import QueueStore
import Wire

/// Where a request wants new items: at a position, or next to another item; by default at the back.
struct InsertionPlace {
    private let position: JSONValue
    private let before: JSONValue
    private let after: JSONValue

    init(_ parameters: Parameters) throws(Refusal) {
        position = parameters["pos"] ?? .null
        before = parameters["before_uid"] ?? .null
        after = parameters["after_uid"] ?? .null
        guard position.isNull || (before.isNull && after.isNull) else {
            throw .request("Ambiguous parameters: plan position and UID is specified")
        }
        guard before.isNull || after.isNull else {
            throw .request("Ambiguous parameters: request to insert the plan before and after the reference plan")
        }
    }

    /// The index of the item before which the new one goes; the queue's length for the back.
    ///
    /// - Parameter runningUID: the running item, after which an item goes by going to the front.
    func index(in queue: PlanQueue, runningUID: String?) throws(Refusal) -> Int {
        if !before.isNull { return try neighbour(before, in: queue, runningUID: runningUID, isAfter: false) }
        if !after.isNull { return try neighbour(after, in: queue, runningUID: runningUID, isAfter: true) }
        if position.isNull || position == "back" { return queue.count }
        if position == "front" { return 0 }
        guard let number = position.integer else {
            throw .request(
                "Parameter 'pos' has incorrect value: pos='\(position.pythonString)' (type=\(position.pythonType))"
            )
        }
        // Counted from the end, -1 is the place behind the last item.
        return number < 0 ? max(0, queue.count + 1 + max(number, -queue.count - 1)) : min(number, queue.count)
    }

    private func neighbour(
        _ uid: JSONValue,
        in queue: PlanQueue,
        runningUID: String?,
        isAfter: Bool
    ) throws(Refusal) -> Int {
        let uid = uid.pythonString
        if uid == runningUID {
            if isAfter { return 0 }
            throw .request("Can not insert a plan in the queue before a currently running plan.")
        }
        guard let index = queue.index(of: uid) else {
            throw .request("Plan with UID '\(uid)' is not in the queue.")
        }
        return isAfter ? index + 1 : index
    }
}
