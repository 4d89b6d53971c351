import Synchronization

/// A log that lasts as long as the process: for tests and trials.
public final class MemoryAuditLog: AuditLog {
    private let content = Mutex<[AuditEntry]>([])

    /// An empty log.
    public init() {}

    /// Adds entries.
    public func record(_ entries: [AuditEntry]) throws { content.withLock { $0 += entries } }

    /// The newest entries that pass the filter, oldest first.
    public func entries(_ filter: AuditFilter) throws -> [AuditEntry] {
        content.withLock { $0.filter(filter.passes).suffix(max(0, filter.limit)) }
    }

    /// Removes old entries.
    public func trim(before time: Double, keeping count: Int) throws {
        content.withLock { content in content = content.filter { $0.time >= time }.suffix(max(0, count)) }
    }
}

extension AuditFilter {
    fileprivate func passes(_ entry: AuditEntry) -> Bool {
        entry.time >= since ?? -.infinity && entry.time < until ?? .infinity
            && (user == nil || entry.user == user)
            && (client == nil || entry.client == client)
            && (method == nil || entry.method == method)
    }
}
