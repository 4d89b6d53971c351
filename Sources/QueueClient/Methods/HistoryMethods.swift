internal import Wire

extension Request {
    package static let historyGet = Request("history_get")

    package static func historyClear(keeping size: Int? = nil, upTo uid: String? = nil) -> Request {
        var request = Request("history_clear")
        request.parameters.set("size", size.map(JSONValue.integer))
        request.parameters.set("item_uid", uid.map(JSONValue.string))
        return request
    }
}

extension QueueClient {
    /// The items that ended, oldest first; ``QueueItem/result`` says how.
    public func historyGet() async throws -> [QueueItem] { try await perform(.historyGet).items }

    /// Empties the history.
    public func historyClear() async throws { try await perform(.historyClear()) }

    /// Removes the oldest entries of the history until `size` are left.
    public func historyClear(keeping size: Int) async throws { try await perform(.historyClear(keeping: size)) }

    /// Removes the entries of the history up to and including the one with this identifier.
    public func historyClear(upTo uid: String) async throws { try await perform(.historyClear(upTo: uid)) }
}
