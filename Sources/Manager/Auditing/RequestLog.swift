import Logging
import QueueStore
import Wire

/// Tells the log of requests that were to change something.
struct RequestLog {
    /// How many items of a batch are named.
    private static let itemLimit = 5

    let logger: Logger

    /// Tells of a request and of what came of it.
    func note(_ entry: AuditEntry) {
        var metadata: Logger.Metadata = [:]
        if let user = entry.user { metadata["user"] = "\(pythonQuoted(user))" }
        if let client = entry.client { metadata["key"] = "\(pythonQuoted(client))" }
        if let address = entry.address { metadata["from"] = "\(address)" }
        if !entry.names.isEmpty { metadata["items"] = RequestLog.list(entry.names) }
        if !entry.uids.isEmpty { metadata["uids"] = RequestLog.list(entry.uids) }
        if entry.success {
            logger.info("\(entry.method): done", metadata: metadata)
        } else {
            // The client gets the whole text.
            logger.warning("\(entry.method): refused: \(entry.message.prefix { $0 != "\n" })", metadata: metadata)
        }
    }

    private static func list(_ texts: [String]) -> Logger.MetadataValue {
        let shown = texts.prefix(itemLimit).map { $0.pythonSafe }.joined(separator: ",")
        return "\(shown)\(texts.count > itemLimit ? ",…" : "")"
    }
}

extension String {
    /// The text, in quotes and with escapes if it has anything but letters, digits and a few marks.
    fileprivate var pythonSafe: String {
        utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") } ? self : pythonQuoted(self)
    }
}
