/// The record of who asked for what. Entries are only added; the oldest are removed when their time is over.
///
/// A log belongs to one manager at a time, which calls it from one thread.
public protocol AuditLog: AnyObject, Sendable {
    /// Adds entries.
    ///
    /// - Throws: ``QueueStoreError`` if they could not be written; none has been added then.
    func record(_ entries: [AuditEntry]) throws

    /// The newest entries that pass the filter, oldest first.
    ///
    /// - Throws: ``QueueStoreError`` if they cannot be read.
    func entries(_ filter: AuditFilter) throws -> [AuditEntry]

    /// Removes the entries before this time, in seconds since 1970, and of the others all but the newest `count`.
    ///
    /// - Throws: ``QueueStoreError`` if they could not be removed.
    func trim(before time: Double, keeping count: Int) throws
}

/// A store that can add an entry to its log in the transaction of what the entry is about.
public protocol AuditedStore: QueueStore {
    /// The log that is stored together with the queue.
    var auditLog: any AuditLog { get }

    /// Makes the changes and the entry durable, all of them or none.
    ///
    /// - Parameters:
    ///   - changes: In the order in which they happen.
    ///   - queue: The queue before the changes, which is what was committed last.
    ///   - entry: The request that makes them.
    /// - Throws: ``QueueStoreError`` if they could not be written; nothing has changed then.
    func commit(_ changes: [QueueChange], to queue: PlanQueue, recording entry: AuditEntry) throws
}
