package import Wire

extension Request {
    package static let queueGet = Request("queue_get")
    package static let queueClear = Request("queue_clear")
    package static let queueStart = Request("queue_start")
    package static let queueStop = Request("queue_stop")
    package static let queueStopCancel = Request("queue_stop_cancel")

    package static func queueAutostart(enable: Bool) -> Request {
        Request("queue_autostart", ["enable": .bool(enable)])
    }

    package static func queueModeSet(_ mode: JSONValue) -> Request { Request("queue_mode_set", ["mode": mode]) }
}

/// The queue at one moment.
public struct QueueContents: Sendable, Hashable {
    /// The items that wait, front first.
    public let items: [QueueItem]
    /// The item that runs now.
    public let runningItem: QueueItem?
    /// Changes with the queue; the same as ``ManagerStatus/queueUID``.
    public let uid: String
}

extension QueueClient {
    /// The items of the queue and the one that runs.
    public func queueGet() async throws -> QueueContents {
        let reply = try await perform(.queueGet)
        let running = reply["running_item"]?.object ?? [:]
        return QueueContents(
            items: reply.items,
            runningItem: running.isEmpty ? nil : QueueItem(running),
            uid: reply["plan_queue_uid"]?.string ?? ""
        )
    }

    /// Removes all items that wait.
    public func queueClear() async throws { try await perform(.queueClear) }

    /// Starts to run the items one after the other; needs an open environment and an idle manager.
    public func queueStart() async throws { try await perform(.queueStart) }

    /// Lets the queue stop after the running item.
    public func queueStop() async throws { try await perform(.queueStop) }

    /// Withdraws ``queueStop()``.
    public func queueStopCancel() async throws { try await perform(.queueStopCancel) }

    /// Lets the queue start by itself whenever it has items and the environment is open, or ends that.
    public func queueAutostart(enable: Bool) async throws { try await perform(.queueAutostart(enable: enable)) }

    /// Sets what happens to items that end.
    public func queueModeSet(_ mode: QueueMode) async throws { try await perform(.queueModeSet(.object(mode.json))) }

    /// Sets the queue mode back to the ordinary one.
    public func queueModeReset() async throws { try await perform(.queueModeSet("default")) }
}

extension JSONObject {
    package var items: [QueueItem] { self["items"]?.array?.compactMap(\.object).map(QueueItem.init) ?? [] }

    var item: QueueItem { QueueItem(self["item"]?.object ?? [:]) }

    var taskUID: String { self["task_uid"]?.string ?? "" }
}
