import FakeManager
import Synchronization
import Testing
import Wire

@testable import QueueClient

/// What the manager says of the queue at one moment.
struct Moment: Sendable {
    var state = "executing_queue"
    var running: String?
    var queue: [String] = []
    var history: [String] = []
}

/// A manager that is at one moment until it is set to the next.
private final class Script: Sendable {
    private let current = Mutex((number: 0, moment: Moment()))

    func advance(to moment: Moment) { current.withLock { $0 = ($0.number + 1, moment) } }

    func reply(to request: FakeManager.Request) -> JSONValue {
        let (number, moment) = current.withLock { $0 }
        func items(_ uids: [String]) -> JSONValue {
            .array(uids.map { ["item_uid": .string($0), "result": ["exit_status": "completed"]] })
        }
        switch request.method {
        case "status":
            return [
                "manager_state": .string(moment.state), "status_uid": .string("\(number)"),
                "plan_queue_uid": .string("q\(number)"), "plan_history_uid": .string("h\(moment.history.count)"),
                "running_item_uid": JSONValue(moment.running),
            ]
        case "queue_get":
            let running = moment.running.map { JSONValue.object(["item_uid": .string($0)]) } ?? [:]
            return ["success": true, "items": items(moment.queue), "running_item": running]
        default: return ["success": true, "items": items(moment.history)]
        }
    }
}

private let ended = ItemUpdate.ended(QueueItem(["item_uid": "u", "result": ["exit_status": "completed"]]))

@Suite struct ItemUpdateTests {
    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            [
                (Moment(queue: ["a", "u"]), ItemUpdate.queued(itemsBefore: 1)),
                (Moment(queue: ["u"], history: ["a"]), .queued(itemsBefore: 0)),
                (Moment(running: "u", history: ["a"]), .running),
                (Moment(state: "paused", running: "u", history: ["a"]), .paused),
                (Moment(running: "u", history: ["a"]), .running),
                (Moment(running: "b", history: ["a", "u"]), ended),
            ],
            [(Moment(state: "idle", history: ["u", "b"]), ended)],
            [(Moment(queue: ["u"]), .queued(itemsBefore: 0)), (Moment(queue: ["b"]), .removed)],
            [(Moment(running: "u"), .running), (Moment(state: "idle"), .removed)],
        ]
    )
    func `an item is followed to its end`(steps: [(Moment, ItemUpdate)]) async throws {
        let script = Script()
        script.advance(to: steps[0].0)
        let manager = try FakeManager(respond: script.reply)
        var configuration = ClientConfiguration()
        configuration.controlAddress = manager.controlAddress
        configuration.infoAddress = manager.infoAddress
        var updates = try QueueClient(configuration).itemUpdates("u").makeAsyncIterator()
        for (moment, expected) in steps {
            script.advance(to: moment)
            #expect(await updates.next() == expected)
        }
        #expect(await updates.next() == nil)
    }
}
