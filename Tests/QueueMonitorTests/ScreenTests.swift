import GoldenFiles
import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QueueMonitor

/// Screens as recorded in `Golden`.
struct ScreenTests {
    private func check(_ scene: MonitorScene, _ name: String) throws {
        #expect(try GoldenFile(name).expected(for: scene.text) == scene.text)
    }

    /// A manager in the middle of its work.
    static func busy(rows: Int = 24, columns: Int = 80) -> MonitorScene {
        var scene = MonitorScene(rows: rows, columns: columns)
        scene.handle(.tick)
        scene.fillHistory([
            MonitorScene.ended("count", "completed", scan: 1),
            MonitorScene.ended("scan", "failed", scan: 2, message: "motor1: the setpoint 20.0 is out of the limits"),
            MonitorScene.ended("count", "stopped", scan: 3),
        ])
        scene.fillQueue(["count", "scan", "queue_stop", "grid_scan"])
        scene.replies["re_runs"] = [
            "run_list": [
                ["uid": "a", "scan_id": 4, "is_open": false, "exit_status": "success"],
                ["uid": "b", "scan_id": 5, "is_open": true, "exit_status": nil],
            ],
            "run_list_uid": "r1",
        ]
        scene.change(["run_list_uid": "r1"])
        scene.run(MonitorScene.item("rel_scan", uid: "running-1", arguments: [["det1", "det2"], "motor1", -1, 1]))
        scene.handle(
            .published(
                .progress(
                    time: 1,
                    PlanProgress([
                        "item_uid": "running-1",
                        "devices": [
                            [
                                "name": "motor1", "current": -0.5, "initial": -1, "target": 1, "unit": "mm",
                                "precision": 2, "fraction": 0.75, "time_remaining": 3.25,
                            ],
                            ["name": "a_detector_with_a_long_name", "time_elapsed": 0.5],
                        ],
                    ])
                )
            )
        )
        let place = "2026-11-21 08:19:44,449 manager PlanLog.swift:25"
        scene.print(
            "[I \(place)] Starting the plan count(['det1', 'det2'], num=10, delay=0.5) item_uid=b31f5758-bf7c-4a43-ad49-2c3202150826\n[W \(place)] No beam.\n",
            uid: "c0"
        )
        scene.print("Scan ID: 5\n+---------+\n| seq_num |\n| 1 |\r| 2 |\n\u{1B}[31mred\u{1B}[0m\n", uid: "c1")
        return scene
    }

    @Test func `before the manager has answered`() throws {
        var scene = MonitorScene()
        scene.answers = false
        scene.handle(.tick)
        try check(scene, "waiting")
    }

    @Test func `no manager`() throws {
        var scene = MonitorScene()
        scene.answers = false
        scene.handle(.tick)
        scene.wait(2)
        scene.fail(.noManager(address: "tcp://beamline:60615"))
        try check(scene, "no-manager")
    }

    @Test func `the environment is closed`() throws {
        var scene = MonitorScene()
        scene.status = scene.status.merging([
            "worker_environment_exists": false, "worker_environment_state": "closed", "re_state": nil,
        ])
        scene.handle(.tick)
        scene.publishStatus()
        try check(scene, "closed")
    }

    @Test func `a plan runs`() throws {
        try check(ScreenTests.busy(), "running")
        try check(ScreenTests.busy(rows: 16, columns: 60), "running-small")
        try check(ScreenTests.busy(rows: 50, columns: 160), "running-wide")
    }

    @Test func `a plan and an item of the queue are held`() throws {
        var scene = ScreenTests.busy()
        var item = MonitorScene.item("count", uid: "i0")
        item["properties"] = ["held": true]
        scene.replies["queue_get"]?["items"] = [.object(item), .object(MonitorScene.item("scan", uid: "i1"))]
        scene.replies["queue_get"]?["plan_queue_uid"] = "q-held"
        scene.replies["re_suspensions"] = ["suspensions": ["Signal shutter = closed"]]
        scene.change(["plan_queue_uid": "q-held", "items_in_queue": 2])
        scene.wait(0.1)
        try check(scene, "held")
    }

    @Test func `the history`() throws {
        var scene = ScreenTests.busy()
        scene.press(.tab, .down)
        try check(scene, "history")
    }

    @Test func `all of an item`() throws {
        var scene = ScreenTests.busy()
        scene.press(.tab, .down, .enter)
        try check(scene, "details")
    }

    @Test func `one pane only`() throws {
        var scene = ScreenTests.busy()
        scene.press(.tab, .tab, .character("z"))
        try check(scene, "console")
    }

    @Test func `paused, locked, in a loop, and about to be halted`() throws {
        var scene = ScreenTests.busy()
        scene.replies["lock_info"] = [
            "lock_info": ["environment": true, "queue": true, "user": "Grace", "note": "night shift"],
            "lock_info_uid": "l1",
        ]
        scene.change([
            "manager_state": "paused", "re_state": "paused", "queue_stop_pending": true, "lock_info_uid": "l1",
            "plan_queue_mode": ["loop": true, "ignore_failures": false], "queue_autostart_enabled": true,
            "lock": ["environment": true, "queue": true], "worker_background_tasks": 2,
        ])
        scene.press("H")
        try check(scene, "halting")
    }

    @Test func `a refused command`() throws {
        var scene = ScreenTests.busy()
        scene.press("s")
        scene.answer(["success": false, "msg": "RE Manager is busy."])
        try check(scene, "refused")
    }

    @Test func `the manager has stopped answering`() throws {
        var scene = ScreenTests.busy()
        scene.answers = false
        scene.wait(8.5)
        try check(scene, "stale")
    }

    @Test(arguments: [(24, 80), (16, 60), (50, 160)])
    func `the help`(rows: Int, columns: Int) throws {
        var scene = MonitorScene(rows: rows, columns: columns)
        scene.press("?")
        try check(scene, "help-\(columns)")
    }

    @Test func `too little room`() throws {
        try check(MonitorScene(rows: 10, columns: 40), "too-small")
    }

    @Test func `any size is drawn, in any state`() {
        for (rows, columns) in [(1, 1), (2, 200), (15, 60), (16, 59), (16, 60), (17, 61), (200, 60), (16, 400)] {
            for keys in ["", "?", "z", "d", "H"] {
                var scene = ScreenTests.busy()
                scene.press(keys)
                scene.handle(.resized(ScreenSize(rows: rows, columns: columns)))
                for key: Key in [.pageDown, .tab, .end, .pageUp, .enter, .pageDown, .escape] { scene.press(key) }
                let lines = scene.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                #expect(lines.count == rows)
                #expect(lines.allSatisfy { $0.count <= columns })
            }
        }
    }

    @Test func `nothing that the manager sends reaches the terminal as it is`() {
        let evil = "\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m\r\n\u{202E}日本 é"
        var scene = MonitorScene()
        scene.handle(.tick)
        scene.fillQueue([evil, evil], user: evil)
        scene.run(MonitorScene.item(evil, uid: evil, user: evil))
        scene.fillHistory([MonitorScene.ended(evil, evil, scan: 1, message: evil)])
        scene.print(evil, uid: "c1")
        scene.press("s")
        scene.answer(["success": false, "msg": .string(evil)])
        for keys: [Key] in [[], [.enter], [.escape, .character("d")], [.character("n"), .tab, .enter]] {
            for key in keys { scene.press(key) }
            for line in scene.text.split(separator: "\n") {
                #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
                #expect(!line.contains("\u{202E}"))
            }
        }
    }
}
