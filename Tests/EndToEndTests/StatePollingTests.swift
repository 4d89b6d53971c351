import QueueClient
import Testing
import Wire

/// What a client sees that asks for the status without a break.
@Suite(.timeLimit(.minutes(2))) struct StatePollingTests {
    @Test func `a queue of many tiny plans never looks idle before its end`() async throws {
        let planCount = 1_000
        try await TestManager.run(state: TemporaryFolder()) { manager async throws in
            try await manager.openEnvironment()
            let plan: JSONValue = [
                "item_type": "plan", "name": "count", "args": [["det1"]], "kwargs": ["num": 1],
            ]
            let reply = try await manager.client.request(
                "queue_item_add_batch",
                [
                    "items": .array(Array(repeating: plan, count: planCount)), "user": "reader",
                    "user_group": "primary",
                ]
            )
            try #require(reply["success"] == true, "\(reply)")

            let reader = try RawClient(address: manager.address)
            var seen = [try await Glimpse(reader)]
            try await manager.client.queueStart()
            let end = ContinuousClock.now + .seconds(90)
            repeat {
                let glimpse = try await Glimpse(reader)
                if glimpse != seen.last { seen.append(glimpse) }
            } while !(seen.count > 1 && seen.last?.state == "idle") && ContinuousClock.now < end

            let states = seen.map(\.state).removingRepeats()
            #expect(legalSequences.contains(states), "\(states)")
            #expect(seen.last?.itemsInHistory == planCount)
            #expect(seen.last?.itemsInQueue == 0)
            // A reader that slept through most of it would prove nothing.
            #expect(Set(seen.map(\.itemsInHistory)).count > planCount / 100)
            for (before, after) in zip(seen, seen.dropFirst()) {
                #expect(before.itemsInHistory <= after.itemsInHistory)
                #expect(before.itemsInQueue >= after.itemsInQueue)
                #expect(after.isConsistent(of: planCount), "\(after)")
            }
            expectUIDsToTell(seen)
        }
    }

    /// Whoever keeps a copy of the queue or the history by its UID has the right one.
    private func expectUIDsToTell(_ seen: [Glimpse]) {
        var historyLengths: [String: Int] = [:]
        var queues: [String: [JSONValue]] = [:]
        for glimpse in seen {
            #expect(historyLengths[glimpse.historyUID, default: glimpse.itemsInHistory] == glimpse.itemsInHistory)
            historyLengths[glimpse.historyUID] = glimpse.itemsInHistory
            let queue: [JSONValue] = [.integer(glimpse.itemsInQueue), glimpse.runningItem]
            #expect(queues[glimpse.queueUID, default: queue] == queue)
            queues[glimpse.queueUID] = queue
        }
    }
}

/// The states in their order, each once; a reader may miss a short one.
private let legalSequences: [[String]] = [
    ["idle", "starting_queue", "executing_queue", "idle"],
    ["idle", "executing_queue", "idle"],
]

/// What one status says of the queue and its execution.
private struct Glimpse: Equatable {
    let state: String
    let itemsInQueue: Int
    let itemsInHistory: Int
    let runningItem: JSONValue
    let queueUID: String
    let historyUID: String

    init(_ reader: RawClient) async throws {
        let status = try await reader.ask(#"{"method": "status"}"#)
        state = try #require(status["manager_state"]?.string)
        itemsInQueue = try #require(status["items_in_queue"]?.integer)
        itemsInHistory = try #require(status["items_in_history"]?.integer)
        runningItem = try #require(status["running_item_uid"])
        queueUID = try #require(status["plan_queue_uid"]?.string)
        historyUID = try #require(status["plan_history_uid"]?.string)
    }

    /// Whether each of the items is in exactly one place, and the state fits: nothing runs when the manager is idle.
    func isConsistent(of count: Int) -> Bool {
        let running = runningItem.isNull ? 0 : 1
        return itemsInQueue + running + itemsInHistory == count && (state != "idle" || running == 0)
    }
}

extension Array where Element: Equatable {
    fileprivate func removingRepeats() -> [Element] {
        reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
