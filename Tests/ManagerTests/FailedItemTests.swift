import QueueStore
import SupervisorLink
import Testing
import Wire
import WorkerLink

@testable import Manager

@Suite struct FailedItemTests {
    private func scene(_ plans: String, _ setting: ManagerSettings.OnFailure, own: String? = nil) throws -> Scene {
        var scene = try Scene(plans)
        scene.execution.onFailure = setting
        if let own, let item = scene.queue.first {
            var members = item.members
            members["properties"] = ["on_failure": .string(own)]
            scene.queue.apply([.replace(uid: item.uid, with: QueueItem(uid: item.uid, members: members))])
        }
        try scene.start()
        return scene
    }

    @Test func `a held item stays at the front and the queue runs the others until it is released`() throws {
        var scene = try scene("abc", .hold)
        try scene.finish(.failed, message: "why")
        #expect(scene.execution.state == .idle)
        #expect(scene.names == "abc")
        let held = scene.queue[0]
        #expect(held.isHeld && held.members["result"]?["msg"] == "why")
        #expect(scene.history[0].members["properties"] == nil)

        try scene.start()
        #expect(scene.execution.running?.item.name == "b")
        try scene.finish(.completed)
        try scene.takePlan()
        try scene.finish(.completed)
        #expect(scene.execution.state == .idle)
        #expect(scene.names == "a")

        // Nothing is left to run, and a queue that starts by itself does not try.
        scene.execution.setAutostart(true)
        #expect(!scene.execution.shouldAutostart(scene.queue))
        try scene.start()
        #expect(scene.execution.state == .idle && scene.names == "a")

        scene.queue.apply([.replace(uid: held.uid, with: held.held(false))])
        #expect(scene.queue[0].members["properties"] == nil)
        try scene.start()
        #expect(scene.execution.running?.item.name == "a")
    }

    @Test func `a dropped item is in the history only`() throws {
        var scene = try scene("ab", .drop)
        try scene.finish(.failed)
        #expect(scene.names == "b" && scene.outcomes == "a:failed" && scene.execution.state == .idle)
    }

    @Test func `what the item says goes before the setting`() throws {
        var scene = try scene("ab", .hold, own: "drop")
        try scene.finish(.failed)
        #expect(scene.names == "b")
        var other = try self.scene("ab", .drop, own: "front")
        try other.finish(.failed)
        #expect(other.names == "ab" && other.queue.first?.isHeld == false)
        #expect(other.queue.first?.members["properties"]?["on_failure"] == "front")
    }

    @Test(arguments: [(ManagerSettings.OnFailure.front, "c"), (.hold, "ac"), (.drop, "c")])
    func `a queue that ignores failures goes on, whatever becomes of the item`(
        setting: ManagerSettings.OnFailure,
        left: String
    ) throws {
        var scene = try scene("abc", setting)
        scene.execution.mode.ignoreFailures = true
        try scene.finish(.failed)
        #expect(scene.execution.state == .executingQueue)
        #expect(scene.execution.running?.item.name == "b")
        #expect(scene.names == left)
    }

    @Test(arguments: [(ManagerSettings.OnFailure.front, "ab"), (.hold, "ab"), (.drop, "b")])
    func `the death of the worker is a failure`(setting: ManagerSettings.OnFailure, left: String) throws {
        var scene = try scene("ab", setting)
        let queue = scene.queue
        try scene.apply { $0.workerExited(WorkerExit(signal: 9), queue: queue, at: 3) }
        #expect(scene.names == left)
        #expect(scene.queue.first?.isHeld == (setting == .hold))
    }

    @Test(arguments: [PlanResult.ExitStatus.aborted, .halted])
    func `what a user has ended goes back to the front as ever`(status: PlanResult.ExitStatus) throws {
        var scene = try scene("ab", .drop)
        try scene.finish(status)
        #expect(scene.names == "ab" && scene.queue.first?.isHeld == false)
    }
}

@Suite struct HistoryLimitTests {
    private let item = QueueItem(uid: "u", members: [:])

    @Test func `each entry beyond the limit pushes the oldest one out`() {
        let limit = HistoryLimit(entries: 3)
        #expect(limit.changes(following: [.record(item)], count: 2).isEmpty)
        #expect(limit.changes(following: [.record(item)], count: 3) == [.dropHistory(oldest: 1)])
        #expect(limit.changes(following: [.record(item), .record(item)], count: 5) == [.dropHistory(oldest: 4)])
        #expect(limit.changes(following: [.removeAll], count: 9).isEmpty)
        #expect(HistoryLimit().changes(following: [.record(item)], count: 1_000_000).isEmpty)
        #expect(HistoryLimit(entries: 0).changes(following: [.record(item)], count: 0) == [.dropHistory(oldest: 1)])
    }

    @Test func `entries are too old from the end of their plan on`() {
        let day = 86_400.0
        let entries = [1.0, 2, 5].map { (["result": ["time_stop": .double($0 * day)]] as JSONObject).encoded }
        #expect(HistoryLimit(days: 2).expired(entries, at: 4.5 * day) == 2)
        #expect(HistoryLimit(days: 100).expired(entries, at: 6 * day) == 0)
        #expect(HistoryLimit(days: 0).expired(entries, at: 6 * day) == 3)
        #expect(HistoryLimit().expired(entries, at: 100 * day) == 0)
        // An entry without a time does not keep the others.
        #expect(HistoryLimit(days: 1).expired([Array("{}".utf8)] + entries, at: 4.5 * day) == 3)
    }
}
