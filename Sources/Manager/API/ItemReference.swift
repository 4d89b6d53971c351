import QueueStore
import Wire

/// How a request names one item of the queue: by position or by UID; by default the last one.
struct ItemReference {
    /// What the texts of a method say, which differ between looking and removing.
    enum Verb {
        case get, remove
    }

    /// The UID, if the item is named by one.
    let uid: String?
    private let position: JSONValue

    init(_ parameters: Parameters) throws(Refusal) {
        let position = parameters["pos"] ?? .null
        let uid = parameters["uid"] ?? .null
        guard position.isNull || uid.isNull else {
            throw .request("Ambiguous parameters: plan position and UID is specified")
        }
        self.uid = uid.isNull ? nil : uid.pythonString
        self.position = position.isNull ? "back" : position
    }

    /// The item, which is not the running one.
    func find(in queue: PlanQueue, verb: Verb) throws(Refusal) -> QueueItem {
        if let uid {
            guard let item = queue[uid: uid] else {
                throw .request("\(verb == .get ? "Item" : "Plan") with UID '\(uid)' is not in the queue.")
            }
            return item
        }
        return try find(at: position, in: queue, verb: verb)
    }

    private func find(at position: JSONValue, in queue: PlanQueue, verb: Verb) throws(Refusal) -> QueueItem {
        let index: Int
        if position == "front" || position == "back" {
            if verb == .remove, queue.isEmpty { throw .request("Queue is empty") }
            index = position == "front" ? 0 : -1
        } else if let number = position.pythonInteger {
            index = number
        } else {
            let fault = verb == .get ? "type" : "value"
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

extension JSONValue {
    /// The integer that Python takes the value for: truth values count as 0 and 1.
    var pythonInteger: Int? { integer ?? bool.map { $0 ? 1 : 0 } }
}
