import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QueueMonitor

struct CommandTests {
    private static let requests: [(keys: String, method: String, parameters: JSONObject)] = [
        ("p", "re_pause", ["option": "deferred"]), ("P", "re_pause", ["option": "immediate"]),
        ("r", "re_resume", [:]), ("ty", "re_stop", [:]), ("ay", "re_abort", [:]), ("Hy", "re_halt", [:]),
        ("o", "environment_open", [:]), ("cy", "environment_close", [:]), ("Dy", "environment_destroy", [:]),
        ("s", "queue_start", [:]), ("x", "queue_stop", [:]), ("u", "queue_autostart", ["enable": true]),
        ("l", "queue_mode_set", ["mode": ["loop": true, "ignore_failures": false]]),
        ("dy", "queue_item_remove", ["uid": "i0"]),
        ("R", "queue_item_release", ["uid": "i0"]),
        ("jK", "queue_item_move", ["uid": "i1", "before_uid": "i0"]),
        ("J", "queue_item_move", ["uid": "i0", "after_uid": "i1"]),
        ("j<", "queue_item_move", ["uid": "i1", "pos_dest": "front"]),
        (">", "queue_item_move", ["uid": "i0", "pos_dest": "back"]),
        (
            "+", "queue_item_add",
            ["item": ["item_type": "plan", "name": "count", "args": [["det1"]], "kwargs": ["num": 3]]]
        ),
    ]

    @Test(arguments: requests)
    func `a key sends a request`(keys: String, method: String, parameters: JSONObject) {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["count", "scan", "mv"])
        scene.press(keys)
        #expect(scene.requests.last == Request(method, parameters))
        #expect(scene.commands == [method])
    }

    @Test(arguments: ["t", "a", "H", "c", "D", "d"])
    func `what cannot be undone is asked about, and only y does it`(key: String) {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["count"])
        scene.press(key)
        #expect(scene.text.contains("y: yes"))
        scene.press("psx ")
        scene.press(.enter, .tab)
        #expect(scene.commands.isEmpty)
        scene.press("n")
        #expect(scene.commands.isEmpty)
        #expect(scene.text.contains("not sent"))
        scene.press(key)
        scene.press(.escape)
        scene.press("y")
        #expect(scene.commands.isEmpty, "a late answer does nothing")
    }

    @Test func `a plan that began after the question is not ended by the answer`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.run(MonitorScene.item("count", uid: "one"))
        scene.press("H")
        scene.run(MonitorScene.item("scan", uid: "two"))
        scene.press("y")
        #expect(scene.commands.isEmpty)
        #expect(scene.text.contains("another item runs now"))
    }

    @Test func `a second x withdraws the stop of the queue`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.change(["queue_stop_pending": true])
        scene.press("x")
        #expect(scene.commands == ["queue_stop_cancel"])
    }

    @Test func `answers that are late hold up no key`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["count", "scan"])
        scene.answers = false
        scene.press("s")
        #expect(scene.text.contains("Start the queue …"))
        scene.press("jp")
        #expect(scene.commands == ["queue_start", "re_pause"])
        scene.press("s")
        #expect(scene.commands == ["queue_start", "re_pause"], "not the same one twice")
        #expect(scene.text.contains("not answered yet"))
        scene.answer(["success": false, "msg": "RE Worker environment does not exist."])
        #expect(scene.text.contains("Start the queue: RE Worker environment does not exist."))
        scene.press("s")
        #expect(scene.commands.last == "queue_start")
    }

    @Test func `the lines of a refusal stay lines`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.press("s")
        scene.answer(["success": false, "msg": "Error: Invalid lock key:\nLocked by Grace\n\nNote: night shift"])
        #expect(scene.text.contains(" Start the queue: Invalid lock key:\n Locked by Grace\n Note: night shift\n"))
    }

    @Test func `the text of an error goes after a while, or with the escape key`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        for isPressed in [true, false] {
            scene.press("r")
            scene.answer(["success": false, "msg": "not paused"])
            #expect(scene.text.contains("Resume: not paused"))
            if isPressed { scene.press(.escape) } else { scene.wait(31) }
            #expect(!scene.text.contains("Resume: not paused"))
        }
    }

    @Test func `moves are shown at once and sent one after the other`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["a", "b", "c"])
        scene.press("JJ")
        #expect(scene.model.items.uids == ["i1", "i2", "i0"])
        #expect(scene.model.queueCursor.index == 2)
        #expect(scene.commands == ["queue_item_move"])
        scene.answer()
        let move = scene.requests.last { $0.method == "queue_item_move" }
        #expect(move == Request("queue_item_move", ["uid": "i0", "after_uid": "i2"]))
        // The manager's old list must not come between.
        scene.change(["plan_queue_uid": "between"])
        #expect(scene.model.items.uids == ["i1", "i2", "i0"])
        let items = scene.replies["queue_get"]?["items"]?.array ?? []
        scene.replies["queue_get"]?["items"] = .array([items[1], items[2], items[0]])
        scene.replies["queue_get"]?["plan_queue_uid"] = "between"
        scene.answer()
        scene.wait(1)
        #expect(scene.model.items.uids == ["i1", "i2", "i0"])
        #expect(scene.requests.map(\.method).filter { $0 == "queue_get" }.count == 3)
    }

    @Test func `a move that is refused is taken back, and those after it are not sent`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue(["a", "b", "c"])
        scene.press("JJ")
        scene.answer(["success": false, "msg": "locked"])
        scene.wait(1)
        #expect(scene.commands == ["queue_item_move"])
        #expect(scene.model.items.uids == ["i0", "i1", "i2"])
        #expect(scene.text.contains("Move a: locked"))
        scene.press("K")
        #expect(scene.commands.count == 1 + (scene.model.queueCursor.index > 0 ? 1 : 0))
    }

    @Test func `keys for items do nothing where there is none`() {
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.press("dKJ<>+")
        #expect(scene.commands.isEmpty)
        #expect(scene.text.contains("Nothing is selected"))
        scene.fillQueue(["a"])
        scene.press("KJ<>")
        #expect(scene.commands.isEmpty)
        scene.press(.tab)
        scene.press("d")
        #expect(scene.text.contains("choose an item of the queue"))
    }

    @Test func `q leaves, also in a small terminal, and Ctrl-L draws anew`() {
        var scene = MonitorScene(rows: 5, columns: 20)
        scene.press(.control("l"))
        scene.press("soHyDy")
        #expect(scene.commands.isEmpty, "nobody sees what these would do")
        scene.press("q")
        #expect(scene.effects == [.redraw, .quit])
    }

    @Test func `no key has two meanings`() {
        let keys = KeyBinding.groups.flatMap(\.bindings).flatMap(\.keys)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.contains(.other))
    }
}
