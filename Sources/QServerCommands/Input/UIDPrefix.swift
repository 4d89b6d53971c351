internal import QueueClient
internal import Wire

/// The first characters of an identifier, as people copy them from a table.
enum UIDPrefix {
    /// Whether the text is a whole identifier, in the form of a UUID.
    static func isWhole(_ text: String) -> Bool { text.utf8.count == 36 && text.filter { $0 == "-" }.count == 4 }

    /// The identifier that begins like this. If none does, the text itself: the manager then says that there is none.
    ///
    /// - Throws: ``CommandFailure`` if several do.
    static func complete(_ text: String, among uids: [String], in place: String) throws -> String {
        if uids.contains(text) { return text }
        let matches = uids.filter { $0.hasPrefix(text) }
        guard matches.count <= 1 else {
            let shown = matches.prefix(5).joined(separator: ", ") + (matches.count > 5 ? ", …" : "")
            throw CommandFailure.parameters(
                "\(matches.count) items of the \(place) have a UID that begins with '\(text)': \(shown)"
            )
        }
        return matches.first ?? text
    }
}

extension Request {
    /// The request with whole identifiers of items in the place of their first characters.
    ///
    /// - Throws: ``CommandFailure`` if one is not unique, ``QueueClientError``.
    func completingUIDs(from client: QueueClient) async throws -> Request {
        var request = self
        var queue: [String]?
        for key in ["uid", "before_uid", "after_uid"] {
            guard let text = parameters[key]?.string, !UIDPrefix.isWhole(text) else { continue }
            let uids = if let queue { queue } else { try await client.queueUIDs() }
            queue = uids
            request.parameters[key] = .string(try UIDPrefix.complete(text, among: uids, in: "queue"))
        }
        if method == "queue_item_update", var item = parameters["item"]?.object, let text = item["item_uid"]?.string,
            !UIDPrefix.isWhole(text)
        {
            item["item_uid"] = .string(try UIDPrefix.complete(text, among: await client.queueUIDs(), in: "queue"))
            request.parameters["item"] = .object(item)
        }
        if method == "history_clear", let text = parameters["item_uid"]?.string, !UIDPrefix.isWhole(text) {
            let uids = try await client.historyGet().compactMap(\.uid)
            let uid = try UIDPrefix.complete(text, among: uids, in: "history")
            // The manager would say that it is done.
            guard uids.contains(uid) else {
                throw CommandFailure.parameters(
                    "'\(text)' is neither a number of items to keep nor the beginning of a UID in the history"
                )
            }
            request.parameters["item_uid"] = .string(uid)
        }
        return request
    }
}

extension QueueClient {
    /// Identifiers of the items that wait and of the one that runs.
    fileprivate func queueUIDs() async throws -> [String] {
        let queue = try await queueGet()
        return (queue.items + [queue.runningItem].compactMap { $0 }).compactMap(\.uid)
    }
}
