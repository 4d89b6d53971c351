import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QueueMonitor

/// What the monitor knows, and how it gets to know it.
struct KnowledgeTests {
    private func count(_ method: String, _ scene: MonitorScene) -> Int {
        scene.requests.filter { $0.method == method }.count
    }

    @Test func `at first everything is asked for once`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        let methods = scene.requests.map(\.method).sorted()
        #expect(
            methods == ["console_output_update", "history_get", "lock_info", "queue_get", "re_runs", "status"]
        )
    }

    @Test func `only what has changed is asked for again`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.wait(0.5)
        scene.replies["history_get"] = ["items": [], "plan_history_uid": "h1"]
        scene.change(["plan_history_uid": "h1"])
        #expect(count("history_get", scene) == 2)
        #expect(count("queue_get", scene) == 1)
    }

    @Test func `a manager that publishes nothing is asked once a second`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.wait(10.5)
        #expect((10...12).contains(count("status", scene)))
        #expect((10...12).contains(count("console_output_update", scene)))
        #expect(count("queue_get", scene) == 1)
        #expect(scene.text.contains("asking once a second"))
    }

    @Test func `a manager that publishes what is known is not asked at all`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.publishStatus()
        let before = scene.requests.count
        for _ in 0..<20 {
            scene.wait(1)
            scene.publishStatus()
        }
        #expect(scene.requests.count == before)
        #expect(scene.text.contains(" live"))
    }

    @Test func `what another manager publishes is not believed`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        let other = ManagerStatus(["manager_state": "paused", "status_uid": "other", "plan_queue_uid": "other"])
        for _ in 0..<5 {
            scene.wait(1)
            scene.handle(.published(.status(time: 1, other)))
            scene.handle(.published(.progress(time: 1, PlanProgress(["item_uid": "x", "devices": [["name": "m"]]]))))
        }
        #expect(scene.model.status?.managerState == "idle")
        #expect(scene.model.progress.isEmpty)
        #expect(count("queue_get", scene) == 1)
    }

    @Test func `the age of what is shown is told, until there is an answer again`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.answers = false
        scene.wait(2.5)
        #expect(!scene.text.contains("NO NEWS"))
        scene.wait(3)
        #expect(scene.text.contains("NO NEWS FOR 5 s"))
        scene.wait(60)
        #expect(scene.text.contains("NO NEWS FOR 65 s"))
        #expect(count("status", scene) == 2, "one question at a time")
        scene.answers = true
        scene.answer(scene.status)
        #expect(!scene.text.contains("NO NEWS"))
    }

    @Test func `a manager that is gone is asked again and again`() {
        var scene = MonitorScene()
        scene.answers = false
        scene.handle(.tick)
        for _ in 0..<10 {
            scene.wait(2)
            while !scene.open.isEmpty { scene.fail(.noManager(address: "tcp://beamline:60615")) }
        }
        #expect((10...12).contains(count("status", scene)))
        #expect(scene.text.contains("Nothing answers at tcp://beamline:60615"))
        scene.answers = true
        scene.wait(0.5)
        #expect(scene.text.contains("Manager idle"))
        #expect(scene.text.contains("The queue is empty."))
    }

    @Test func `a long history that changes often takes a fifth of the time at most`() {
        var upkeep = Upkeep()
        var now = 0.0
        var asked = 0.0
        for _ in 0..<100 {
            upkeep.want(.history)
            if upkeep.due(at: now) == [.history] {
                now += 0.5
                asked += 0.5
                upkeep.ended(.history, hasAnswer: true, at: now)
            } else {
                now += 0.1
            }
        }
        #expect(asked > 0)
        #expect(asked / now < 0.3)
    }

    @Test func `questions without an answer wait no longer than others`() {
        var upkeep = Upkeep()
        upkeep.want(.queue)
        _ = upkeep.due(at: 0)
        upkeep.ended(.queue, hasAnswer: false, at: 2)
        upkeep.want(.queue)
        #expect((upkeep.nextTime ?? 100) < 2.2)
    }

    @Test func `the selection stays with its item, and with its place when that is gone`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["a", "b", "c", "d"])
        scene.press("jj")
        let items = scene.replies["queue_get"]?["items"]?.array ?? []
        func show(_ items: [JSONValue], uid: JSONValue) {
            scene.replies["queue_get"]?["items"] = .array(items)
            scene.replies["queue_get"]?["plan_queue_uid"] = uid
            scene.change(["plan_queue_uid": uid])
            scene.wait(0.2)
        }
        show(Array(items.dropFirst()), uid: "n1")
        #expect(scene.model.queueCursor.index == 1)
        show([items[1], items[3]], uid: "n2")
        #expect(scene.model.queueCursor.index == 1)
        show([], uid: "n3")
        #expect(scene.model.queueCursor.index == 0)
        show(items, uid: "n4")
        #expect(scene.model.queueCursor.index == 0)
    }
}
