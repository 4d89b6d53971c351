import QueueStore
import Wire
import ZeroMQ

extension AuditEntry {
    /// How many items of a batch are named.
    private static let itemLimit = 50

    /// A request as it arrived.
    init(_ request: APIRequest, from sender: Sender, client: AuthorizedClient?, at time: Double) {
        let parameters = request.parameters
        self.init(
            time: time,
            client: client?.name,
            address: sender.address,
            user: client?.user ?? parameters["user"]?.string,
            method: request.method.name
        )
        uids = [parameters["uid"]?.string, parameters["item"]?["item_uid"]?.string].compactMap(\.self)
        if let name = parameters["item"]?["name"]?.string { names = [name] }
    }

    /// Takes in which items the changes of the request are about.
    ///
    /// - Parameter queue: The queue before the changes.
    mutating func note(_ changes: [QueueChange], queue: PlanQueue) {
        var uids: [String] = []
        var names: [String] = []
        for change in changes where uids.count < AuditEntry.itemLimit {
            switch change {
            case .insert(let item, _), .replace(_, with: let item):
                uids.append(item.uid)
                names.append(item.name)
            case .remove(let uid), .move(let uid, _):
                uids.append(uid)
                if let item = queue[uid: uid] { names.append(item.name) }
            case .set(.runningItem, let item?):
                // That of `queue_start` has been named as the one that leaves the queue.
                guard let uid = item["item_uid"]?.string, !uids.contains(uid) else { continue }
                uids.append(uid)
                if let name = item["name"]?.string { names.append(name) }
            case .record, .removeAll, .trimHistory, .trimHistoryThrough, .dropHistory, .set: break
            }
        }
        if !uids.isEmpty { (self.uids, self.names) = (uids, names) }
    }
}
