import QueueStore
import Wire

extension APIMethod {
    static let movingMethods = [
        APIMethod(
            "queue_item_move",
            right: .queue,
            parameters: ["pos", "uid", "pos_dest", "before_uid", "after_uid", "lock_key"],
            prefix: "Failed to move the item: ",
            failure: ["item": [:], "qsize": nil],
            locked: .queue
        ) { manager, parameters in
            let source = try MoveSource(parameters)
            let destination = try MoveDestination(parameters)
            let item = try source.find(in: manager.queue, runningUID: manager.runningUID)
            let index = try destination.index(for: item, in: manager.queue, runningUID: manager.runningUID)
            if let index {
                try manager.commit(manager.queue.moving([item.uid], to: index))
            } else {
                manager.statusChanged()
            }
            return .members(["item": .object(item.members), "qsize": .integer(manager.queue.count)])
        },
        APIMethod(
            "queue_item_move_batch",
            right: .queue,
            parameters: ["uids", "pos_dest", "before_uid", "after_uid", "reorder", "lock_key"],
            prefix: "Failed to move the batch of items: ",
            failure: ["items": [], "qsize": nil],
            locked: .queue,
            body: moveBatch
        ),
    ]

    private static func moveBatch(_ manager: isolated Manager, _ parameters: Parameters) throws -> Reply {
        let batch = try ItemBatch(parameters["uids"])
        let destination = try MoveDestination(batch: parameters)
        try batch.checkUnique()
        try batch.checkPresent(in: manager.queue, runningUID: manager.runningUID)
        try destination.checkOutside(batch)
        let (queue, runningUID) = (manager.queue, manager.runningUID)
        for uid in batch.uids where uid == runningUID {
            _ = try MoveSource(uid: uid).find(in: queue, runningUID: runningUID)
        }

        var uids = batch.uids
        if parameters["reorder"]?.isTruthy == true {
            uids.sort { (queue.index(of: $0) ?? 0) < (queue.index(of: $1) ?? 0) }
        }
        let items = uids.compactMap { queue[uid: $0] }
        if let first = items.first {
            let index = try destination.index(for: first, in: queue, runningUID: runningUID)
            if index != nil || uids.count > 1 {
                try manager.commit(queue.moving(uids, to: place(of: uids, firstAt: index, in: queue)))
            }
        }
        return .members([
            "items": .array(items.map { .object($0.members) }), "qsize": .integer(manager.queue.count),
        ])
    }
}

/// The index in the queue before which all items go, if the first of them goes to `index` (nil: stays) and the others
/// follow it.
private func place(of uids: [String], firstAt index: Int?, in queue: PlanQueue) -> Int {
    guard let first = uids.first else { return queue.count }
    var trial = queue
    if let index { trial.apply(trial.moving([first], to: index)) }
    trial.apply(uids.dropFirst().map { .remove(uid: $0) })
    let next = (trial.index(of: first) ?? 0) + 1
    return next < trial.count ? queue.index(of: trial[next].uid) ?? queue.count : queue.count
}

/// Which item is to be moved.
struct MoveSource {
    private let reference: ItemReference
    private let text: String

    init(_ parameters: Parameters) throws(Refusal) {
        let position = parameters["pos"] ?? .null
        let uid = parameters["uid"] ?? .null
        if position.isNull, uid.isNull { throw .request("Source position or UID is not specified.") }
        guard position.isNull || uid.isNull else {
            throw .request("Ambiguous parameters: Both position and uid is specified for the source plan.")
        }
        reference = ItemReference(uid: uid, position: position)
        text = uid.isNull ? "position \(position.pythonString)" : "UID '\(uid.pythonString)'"
    }

    init(uid: String) {
        reference = ItemReference(uid: .string(uid), position: .null)
        text = "UID '\(uid)'"
    }

    func find(in queue: PlanQueue, runningUID: String?) throws(Refusal) -> QueueItem {
        do throws(Refusal) {
            return try reference.find(in: queue, runningUID: runningUID)
        } catch {
            throw .request("Source plan (\(text)) was not found: \(error.message).")
        }
    }
}

/// Where an item is to be moved.
struct MoveDestination {
    private let position: JSONValue
    private let before: JSONValue
    private let after: JSONValue

    private init(unchecked parameters: Parameters) {
        position = parameters["pos_dest"] ?? .null
        before = parameters["before_uid"] ?? .null
        after = parameters["after_uid"] ?? .null
    }

    private var count: Int { [position, before, after].count { !$0.isNull } }

    /// The destination of a single item.
    init(_ parameters: Parameters) throws(Refusal) {
        self.init(unchecked: parameters)
        guard count > 0 else { throw .request("Destination position or UID is not specified.") }
        guard position.isNull || (before.isNull && after.isNull) else {
            throw .request("Ambiguous parameters: Both position and uid is specified for the destination plan.")
        }
        guard before.isNull || after.isNull else {
            throw .request("Ambiguous parameters: source should be moved 'before' and 'after' the destination.")
        }
    }

    /// The destination of a batch.
    init(batch parameters: Parameters) throws(Refusal) {
        self.init(unchecked: parameters)
        guard count > 0 else {
            throw .request(
                "Destination for the batch is not specified: use parameters 'pos_dest', 'before_uid' or 'after_uid'"
            )
        }
        guard count == 1 else {
            throw .request(
                "The function was called with more than one mutually exclusive parameter "
                    + "('pos_dest', 'before_uid', 'after_uid')"
            )
        }
    }

    func checkOutside(_ batch: ItemBatch) throws(Refusal) {
        for (name, uid) in [("before_uid", before), ("after_uid", after)] {
            if let uid = uid.string, batch.uids.contains(uid) {
                throw .request("Parameter '\(name)': item with UID '\(uid)' is in the batch")
            }
        }
    }

    /// The index before which the item goes, or nil if it is to stay where it is.
    func index(for item: QueueItem, in queue: PlanQueue, runningUID: String?) throws(Refusal) -> Int? {
        // An empty text counts as no UID here, which leaves the place behind the last item.
        let isBefore = !before.isNull && before != ""
        let uid = isBefore ? before : after
        let byUID = !after.isNull || isBefore
        let position: JSONValue = byUID ? .null : self.position.isNull ? "back" : self.position
        let target = try target(byUID ? uid : .null, position, in: queue, runningUID: runningUID)
        guard target.uid != item.uid, let source = queue.index(of: item.uid),
            let place = queue.index(of: target.uid)
        else { return nil }
        let goesBefore =
            byUID ? isBefore : position == "front" || (position != "back" && source > place)
        return goesBefore ? place : place + 1
    }

    private func target(
        _ uid: JSONValue,
        _ position: JSONValue,
        in queue: PlanQueue,
        runningUID: String?
    ) throws(Refusal) -> QueueItem {
        do throws(Refusal) {
            return try ItemReference(uid: uid, position: position).find(in: queue, runningUID: runningUID)
        } catch {
            let text = uid.isNull ? "position \(position.pythonString)" : "UID '\(uid.pythonString)'"
            throw .request("Destination plan (\(text)) was not found: \(error.message).")
        }
    }
}
