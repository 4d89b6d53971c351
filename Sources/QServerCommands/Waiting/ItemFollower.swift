internal import QueueClient
internal import TerminalKit
internal import Wire

/// Waits for one item, and shows what its plan prints while it runs.
struct ItemFollower: Sendable {
    let uid: String
    let client: QueueClient
    let context: CommandContext
    /// Whether to print nothing but the outcome.
    let isQuiet: Bool

    /// How the item ended.
    ///
    /// - Throws: ``QueueClientError``.
    func outcome(timeout: Duration) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await follow() }
            group.addTask {
                try await Task.sleep(for: timeout)
                return Outcome(
                    text: "the plan has not ended in time; it stays in the queue or goes on",
                    status: .timedOut,
                    document: ["item_uid": .string(uid)]
                )
            }
            return try await group.next() ?? Outcome(text: "", document: nil)
        }
    }

    private func follow() async throws -> Outcome {
        let view = ConsoleView(context.output)
        var console: Task<Void, Never>?
        defer { console?.cancel() }
        var hasWaited = false
        for await update in try client.itemUpdates(uid) {
            switch update {
            case .queued(let itemsBefore):
                note(itemsBefore == 0 ? "It is next in the queue." : "\(count(itemsBefore, "item")) before it.")
                if !hasWaited, let obstacle = try? await obstacle() { note(obstacle) }
                hasWaited = true
            case .running:
                // A plan that has ended meanwhile has no start any more; its end, which comes next, tells it.
                if console == nil, let start = try await startOfRunningItem() {
                    console = try showConsole(on: view, since: start)
                }
            case .paused:
                return Outcome(
                    text: "the plan is paused (qserver re resume, stop, abort or halt)",
                    status: .paused,
                    document: ["item_uid": .string(uid)]
                )
            case .lost(let error): note("\(error) Still waiting.")
            case .removed:
                return Outcome(
                    text: "the item was removed from the queue",
                    status: .removed,
                    document: ["item_uid": .string(uid)]
                )
            case .ended(let item):
                if console == nil { console = try showConsole(on: view, since: item.result?.timeStart ?? 0) }
                if !isQuiet { try await waitForRest(on: view, of: item) }
                return Outcome(item)
            }
        }
        throw CancellationError()
    }

    /// What must be done before anything in the queue runs; nil if nothing must.
    private func obstacle() async throws -> String? {
        let status = try await client.status()
        guard status.isIdle, !status.isQueueAutostartEnabled else { return nil }
        let start = "'qserver queue start' starts it."
        return status.workerEnvironmentExists
            ? "The queue does not run: \(start)"
            : "The queue does not run: 'qserver environment open' opens the environment, \(start)"
    }

    private func note(_ text: String) {
        if !isQuiet { context.note(text) }
    }

    /// Waits until the output has been still for a moment. What the plan printed last is on its way when its end is
    /// known, because it reaches the manager through another pipe; a plan that made runs has printed something.
    private func waitForRest(on view: ConsoleView, of item: QueueItem) async throws {
        let end = ContinuousClock.now
        let hasOutput = item.result?.runUIDs.isEmpty == false
        while true {
            try await Task.sleep(for: .milliseconds(50))
            let now = ContinuousClock.now
            let isStill = now - max(view.lastShown ?? end, end) > .milliseconds(150)
            guard isStill else { continue }
            if !hasOutput || view.lastShown != nil { return }
            if now - end > .seconds(1) {
                note("What the plan printed does not arrive (start the manager with --zmq-publish-console ON).")
                return
            }
        }
    }

    private func startOfRunningItem() async throws -> Double? {
        let item = try await client.queueGet().runningItem
        return item?.uid == uid ? item?.raw["properties"]?["time_start"]?.number : nil
    }

    /// Prints what the manager's console shows from the start of the plan on, in seconds since 1970.
    private func showConsole(on view: ConsoleView, since start: Double) throws -> Task<Void, Never>? {
        if isQuiet { return nil }
        let pieces = try client.consolePieces(since: start)
        let progress = context.display.isTerminal ? try client.messages([.status]) : nil
        return Task {
            await withTaskGroup { group in
                group.addTask { for await piece in pieces { view.show(piece.text) } }
                if let progress {
                    group.addTask {
                        for await message in progress {
                            if case .progress(_, let progress) = message, progress.itemUID == uid {
                                view.show(progress.devices)
                            }
                        }
                    }
                }
            }
        }
    }
}
