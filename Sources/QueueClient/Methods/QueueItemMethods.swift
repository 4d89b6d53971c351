internal import Wire

extension Request {
    package static func queueItemAdd(_ item: QueueItem, at position: ItemPosition? = nil) -> Request {
        Request("queue_item_add", ["item": .object(item.raw)]).placed(at: position, key: "pos")
    }

    package static func queueItemAddBatch(_ items: [QueueItem], at position: ItemPosition? = nil) -> Request {
        Request("queue_item_add_batch", ["items": .array(items.map { .object($0.raw) })]).placed(
            at: position,
            key: "pos"
        )
    }

    package static func queueItemUpdate(_ item: QueueItem, replace: Bool) -> Request {
        Request("queue_item_update", ["item": .object(item.raw), "replace": .bool(replace)])
    }

    package static func queueItemExecute(_ item: QueueItem) -> Request {
        Request("queue_item_execute", ["item": .object(item.raw)])
    }

    package static func queueItemGet(_ item: ItemReference? = nil) -> Request {
        Request("queue_item_get").about(item)
    }

    package static func queueItemRemove(_ item: ItemReference? = nil) -> Request {
        Request("queue_item_remove").about(item)
    }

    package static func queueItemRemoveBatch(uids: [String], ignoreMissing: Bool) -> Request {
        Request("queue_item_remove_batch", ["uids": JSONValue(uids), "ignore_missing": .bool(ignoreMissing)])
    }

    package static func queueItemMove(_ item: ItemReference, to position: ItemPosition) -> Request {
        Request("queue_item_move").about(item).placed(at: position, key: "pos_dest")
    }

    package static func queueItemMoveBatch(uids: [String], to position: ItemPosition, reorder: Bool) -> Request {
        Request("queue_item_move_batch", ["uids": JSONValue(uids), "reorder": .bool(reorder)])
            .placed(at: position, key: "pos_dest")
    }

    package static func queueItemRelease(_ item: ItemReference? = nil) -> Request {
        Request("queue_item_release").about(item)
    }

    private func placed(at position: ItemPosition?, key: String) -> Request {
        guard let position else { return self }
        var request = self
        let (key, value) = position.parameter(positionKey: key)
        request.parameters[key] = value
        return request
    }

    private func about(_ item: ItemReference?) -> Request {
        guard let item else { return self }
        var request = self
        request.parameters[item.parameter.key] = item.parameter.value
        return request
    }
}

extension QueueClient {
    /// Adds an item to the queue, by default at its back. Returns the item with the identifier it was given.
    @discardableResult
    public func queueItemAdd(_ item: QueueItem, at position: ItemPosition? = nil) async throws -> QueueItem {
        try await perform(.queueItemAdd(item, at: position)).item
    }

    /// Adds several items in one step: all of them or, if one is refused, none. Returns them with their identifiers.
    ///
    /// - Throws: ``QueueClientError/refused(method:message:reply:)``; `results` of the reply says what is wrong with
    ///   each item.
    @discardableResult
    public func queueItemAddBatch(_ items: [QueueItem], at position: ItemPosition? = nil) async throws -> [QueueItem] {
        try await perform(.queueItemAddBatch(items, at: position)).items
    }

    /// Puts `item` in the place of the item with the same `item_uid`.
    ///
    /// - Parameter replace: Whether the item gets a new identifier.
    @discardableResult
    public func queueItemUpdate(_ item: QueueItem, replace: Bool = false) async throws -> QueueItem {
        try await perform(.queueItemUpdate(item, replace: replace)).item
    }

    /// Runs an item at once, outside the queue; needs an open environment and an idle manager.
    @discardableResult
    public func queueItemExecute(_ item: QueueItem) async throws -> QueueItem {
        try await perform(.queueItemExecute(item)).item
    }

    /// An item of the queue, by default the last.
    public func queueItemGet(_ item: ItemReference? = nil) async throws -> QueueItem {
        try await perform(.queueItemGet(item)).item
    }

    /// Removes an item from the queue, by default the last, and returns it.
    @discardableResult
    public func queueItemRemove(_ item: ItemReference? = nil) async throws -> QueueItem {
        try await perform(.queueItemRemove(item)).item
    }

    /// Removes the items with these identifiers and returns them.
    ///
    /// - Parameter ignoreMissing: Whether identifiers that are not in the queue are passed over; if not, nothing is
    ///   removed when one is missing.
    @discardableResult
    public func queueItemRemoveBatch(uids: [String], ignoreMissing: Bool = true) async throws -> [QueueItem] {
        try await perform(.queueItemRemoveBatch(uids: uids, ignoreMissing: ignoreMissing)).items
    }

    /// Takes the mark from an item that is held, by default the last of the queue, and returns it.
    @discardableResult
    public func queueItemRelease(_ item: ItemReference? = nil) async throws -> QueueItem {
        try await perform(.queueItemRelease(item)).item
    }

    /// Moves an item to another place and returns it.
    @discardableResult
    public func queueItemMove(_ item: ItemReference, to position: ItemPosition) async throws -> QueueItem {
        try await perform(.queueItemMove(item, to: position)).item
    }

    /// Moves the items with these identifiers to one place and returns them.
    ///
    /// - Parameter reorder: Whether they keep the order that they have in the queue; if not, they take that of `uids`.
    @discardableResult
    public func queueItemMoveBatch(
        uids: [String],
        to position: ItemPosition,
        reorder: Bool = false
    ) async throws -> [QueueItem] {
        try await perform(.queueItemMoveBatch(uids: uids, to: position, reorder: reorder)).items
    }
}
