import QueueStore
import Wire

/// The UIDs of several items, as a request names them.
struct ItemBatch {
    /// The UIDs in the order of the request.
    let uids: [String]
    private let values: [JSONValue]

    init(_ value: JSONValue?) throws(Refusal) {
        guard let value, !value.isNull else { throw .request("Request does not contain the list of UIDs") }
        // What Python takes for false passes for an empty list.
        guard value.isTruthy else {
            (uids, values) = ([], [])
            return
        }
        guard let values = value.array else {
            throw .request("Parameter 'uids' must be a list: type(uids) = \(value.pythonType)")
        }
        self.values = values
        uids = values.map { $0.string ?? $0.pythonRepr }
    }

    func checkUnique() throws(Refusal) {
        for value in values where value.array != nil || value.object != nil {
            throw .request("unhashable type: '\(value.pythonTypeName)'")
        }
        let repeated = uids.count - Set(uids).count
        guard repeated == 0 else { throw .request("The list of contains repeated UIDs (\(repeated) UIDs)") }
    }

    func checkPresent(in queue: PlanQueue, runningUID: String?) throws(Refusal) {
        let missing = zip(uids, values).filter { queue[uid: $0.0] == nil && $0.0 != runningUID }.map(\.1)
        guard missing.isEmpty else {
            throw .request(
                "The queue does not contain items with the following UIDs: \(JSONValue.array(missing).pythonRepr)"
            )
        }
    }

    /// Those items that are in the queue, each once.
    func found(in queue: PlanQueue) -> [QueueItem] {
        var seen: Set<String> = []
        return uids.filter { seen.insert($0).inserted }.compactMap { queue[uid: $0] }
    }
}
