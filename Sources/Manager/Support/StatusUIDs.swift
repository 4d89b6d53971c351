import QueueStore
import Wire

/// The identifiers by which clients notice that something they keep has changed.
struct StatusUIDs {
    var planQueue = UID.make()
    var planHistory = UID.make()
    var runList = UID.make()
    var taskResults = UID.make()
    var plansAllowed = UID.make()
    var devicesAllowed = UID.make()
    var plansExisting = UID.make()
    var devicesExisting = UID.make()

    /// New identifiers for what these changes change.
    mutating func note(_ changes: [QueueChange]) {
        var concernsQueue = false
        var concernsHistory = false
        for change in changes {
            switch change {
            case .insert, .replace, .move, .remove, .removeAll, .set(.runningItem, _): concernsQueue = true
            case .record, .trimHistory, .trimHistoryThrough, .dropHistory: concernsHistory = true
            case .set: break
            }
        }
        if concernsQueue { planQueue = UID.make() }
        if concernsHistory { planHistory = UID.make() }
    }
}
