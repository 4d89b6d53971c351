import Logging
import QueueStore
import Wire

/// Logs and records the requests that are to change something.
///
/// The entry of a request that changes the queue or a setting is written in the transaction of that change. All others
/// are written when there is nothing to answer, so that no reply waits for them.
struct RequestAudit {
    /// How many entries may wait when the log cannot be written.
    private static let waitingLimit = 1_000
    /// Beyond that, the oldest are removed, however young they are.
    private static let entryLimit = 1_000_000
    private static let day = 86_400.0
    /// How long to wait after the log could not be written.
    private static let pause = 1.0

    /// A request whose outcome is not known yet.
    struct Suspended {
        fileprivate let entry: AuditEntry?
        fileprivate let isRecorded: Bool
    }

    let log: any AuditLog
    private let retention: Double
    private let logger: Logger
    private var current: AuditEntry?
    private var isRecorded = false
    private var waiting: [AuditEntry] = []
    private var refusals = RefusalBudget()
    private var nextTrim = 0.0
    /// Whether the log could not be written the last time, and when it is tried again.
    private var isFailing = false
    private var nextTry = 0.0

    /// - Parameters:
    ///   - log: Where entries go.
    ///   - days: How long they are kept; with 0, nothing is recorded.
    init(log: any AuditLog, days: Int, logger: Logger) {
        self.log = log
        retention = Double(days) * RequestAudit.day
        self.logger = logger
    }

    // MARK: A request

    /// Begins with a request, if it is one to be recorded.
    mutating func begin(_ entry: @autoclosure () -> AuditEntry, of method: APIMethod) {
        (current, isRecorded) = (method.isRecorded ? entry() : nil, false)
    }

    /// Commits changes, together with the entry if a request makes them.
    ///
    /// - Throws: `QueueStoreError` if they could not be written; nothing has changed then.
    mutating func commit(_ changes: [QueueChange], to store: any QueueStore, queue: PlanQueue) throws {
        current?.note(changes, queue: queue)
        guard retention > 0, let entry = current, !isRecorded, let store = store as? any AuditedStore,
            store.auditLog === log
        else {
            try store.commit(changes, to: queue)
            return
        }
        try store.commit(changes, to: queue, recording: entry)
        isRecorded = true
    }

    /// Ends with the outcome of the request.
    mutating func end(_ outcome: APIMethod.Answered) {
        guard var entry = current else { return }
        current = nil
        entry.success = outcome.failure == nil
        entry.message = String((outcome.failure ?? "").prefix(500))
        if entry.uids.isEmpty, let uid = outcome.uid { entry.uids = [uid] }
        guard entry.success || refusals.admits(at: entry.time) else { return }
        RequestLog(logger: logger).note(entry)
        // What was recorded as carried out and failed after all is recorded again.
        if retention > 0, !(isRecorded && entry.success) { waiting.append(entry) }
    }

    /// Takes a request whose outcome is not known yet out of the way of what happens meanwhile.
    mutating func suspend() -> Suspended {
        defer { current = nil }
        return Suspended(entry: current, isRecorded: isRecorded)
    }

    /// Goes on with a request that was suspended.
    mutating func resume(_ request: Suspended) { (current, isRecorded) = (request.entry, request.isRecorded) }

    // MARK: Writing

    /// Whether so much waits that it is better written soon.
    var isFull: Bool { waiting.count >= 500 }

    /// Writes what waits, and now and then removes what is too old.
    ///
    /// - Parameter time: Seconds since 1970.
    mutating func flush(at time: Double) {
        guard !waiting.isEmpty || (time >= nextTrim && retention > 0), !isFailing || time >= nextTry else { return }
        do {
            try log.record(waiting)
            waiting = []
            if time >= nextTrim {
                nextTrim = time + 3600
                try log.trim(before: time - retention, keeping: RequestAudit.entryLimit)
            }
            isFailing = false
        } catch {
            if !isFailing { logger.error("\(error). It is tried again.") }
            (isFailing, nextTry) = (true, time + RequestAudit.pause)
            waiting.removeFirst(max(0, waiting.count - RequestAudit.waitingLimit))
        }
    }
}

/// How many refused requests are recorded: a flood of them must not push out what was done.
struct RefusalBudget {
    private static let limit = 1_000
    private static let period = 60.0
    private var end = 0.0
    private var count = 0

    /// Whether one more is recorded.
    ///
    /// - Parameter time: Seconds since 1970.
    mutating func admits(at time: Double) -> Bool {
        if time >= end || time < end - RefusalBudget.period { (end, count) = (time + RefusalBudget.period, 0) }
        count += 1
        return count <= RefusalBudget.limit
    }
}
