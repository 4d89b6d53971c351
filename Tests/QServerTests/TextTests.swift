import FakeManager
import QueueClient
import Testing
import Wire
import YAML

@testable import QServerCommands

@Suite struct TextTests {
    @Test func `the status is told in words`() {
        let status = ManagerStatus([
            "msg": "RE Manager v0.0.25", "manager_state": "executing_queue", "worker_environment_exists": true,
            "worker_environment_state": "executing_plan", "re_state": "running", "pause_pending": true,
            "items_in_queue": 2, "items_in_history": 1, "running_item_uid": "uid", "queue_stop_pending": true,
            "queue_autostart_enabled": true, "plan_queue_mode": ["loop": true, "ignore_failures": true],
            "worker_background_tasks": 1, "lock": ["environment": true, "queue": true],
        ])
        #expect(
            StatusText.text(status, on: Display()) == """
                Manager      executing queue
                Environment  open, executing plan
                Run engine   running, pauses at the next checkpoint
                Queue        2 items, stops after the running item, starts by itself
                Running      item uid
                Mode         loop, ignore failures
                History      1 item
                Background   1 task
                Lock         environment and queue
                API          RE Manager v0.0.25
                """
        )
    }

    @Test func `the status says what holds the plan, and how many items are held`() async throws {
        let held: JSONObject = ["name": "scan", "item_uid": "h", "properties": ["held": true]]
        let manager = try FakeManager { request in
            switch request.method {
            case "status":
                ["manager_state": "executing_queue", "items_in_queue": 2, "running_item_uid": "u"]
            case "queue_get":
                ["success": true, "items": [.object(held), ["name": "count"]], "running_item": ["item_uid": "u"]]
            case "re_suspensions": ["success": true, "suspensions": ["Signal shutter = closed"]]
            default: ["success": false, "msg": "unexpected"]
            }
        }
        let text = await run(["status"], manager: manager).output
        #expect(text.contains("\nHeld         Signal shutter = closed\n"), "\(text)")
        let suspensions = await run(["re", "suspensions"], manager: manager)
        #expect(suspensions.output == "Signal shutter = closed\n")
        #expect(text.contains("\nQueue        2 items, 1 held (qserver queue item release)\n"), "\(text)")
    }

    @Test func `a manager that knows no suspensions has none to show`() async throws {
        let manager = try FakeManager { request in
            switch request.method {
            case "status": ["manager_state": "executing_queue", "running_item_uid": "u"]
            case "queue_get": ["success": true, "items": [], "running_item": ["item_uid": "u"]]
            default: ["success": false, "msg": "Unknown method 're_suspensions'"]
            }
        }
        let ending = await run(["status"], manager: manager)
        #expect(ending.status == .success)
        #expect(!ending.output.contains("Held"))
    }

    @Test func `a paused plan comes with what can be done about it`() {
        let text = StatusText.text(ManagerStatus(["manager_state": "paused"]), on: Display())
        #expect(text.hasPrefix("Manager      paused (qserver re resume, stop, abort or halt)\n"))
    }

    @Test func `the monitor tells the status on one line`() {
        let status = ManagerStatus([
            "manager_state": "executing_queue", "worker_environment_state": "executing_plan", "re_state": "running",
            "items_in_queue": 2, "items_in_history": 1, "running_item_uid": "01234567-89ab", "pause_pending": true,
            "queue_stop_pending": true, "worker_background_tasks": 1, "lock": ["environment": false, "queue": true],
        ])
        let (line, _) = MonitorText.line(.status(status))
        #expect(
            line
                == "manager executing queue, environment executing plan, run engine running, queue 2, history 1, "
                + "running 01234567, pause pending, stop pending, 1 background task, locked"
        )
        #expect(MonitorText.line(.lost(.noManager(address: "tcp://x:1"))).0.hasPrefix("no answer: Nothing answers"))
    }

    @Test func `the queue is a table below the running item`() {
        let reply: JSONObject = [
            "items": [
                [
                    "name": "count", "item_type": "plan", "args": [["det1"]], "kwargs": ["num": 5], "user": "me",
                    "item_uid": "01234567-89ab",
                ],
                ["name": "queue_stop", "item_type": "instruction", "user": "me", "item_uid": "fedcba98-7654"],
            ],
            "running_item": ["name": "scan", "item_type": "plan", "args": ["det", 1], "item_uid": "aaaaaaaa-bbbb"],
        ]
        #expect(
            QueueText.text(reply, on: Display(width: 48)) == """
                Running  scan('det', 1)  aaaaaaaa

                #  Name        Arguments        User  UID
                0  count       ['det1'], num=5  me    01234567
                1  queue_stop                   me    fedcba98
                """
        )
        let held: JSONObject = [
            "items": [["name": "count", "properties": ["held": true], "item_uid": "1"], ["name": "scan"]]
        ]
        #expect(
            QueueText.text(held, on: Display()) == """
                #  State  Name   Arguments  User  UID
                0  held   count                   1
                1         scan
                """
        )
        #expect(QueueText.text(["items": []], on: Display()) == "The queue is empty.")
    }

    @Test func `the history is a table, reasons of failures below`() {
        let reply: JSONObject = [
            "items": [
                [
                    "name": "count",
                    "result": ["exit_status": "completed", "scan_ids": [1, 2], "time_start": 1, "time_stop": 3.5],
                ],
                ["name": "scan", "item_uid": "u", "result": ["exit_status": "failed", "msg": "no\\nbeam"]],
                ["name": "odd"],
            ]
        ]
        let lines = HistoryText.text(reply, on: Display(width: 100)).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        #expect(lines[0] == "#  Ended                 Took  Status     Plan     Scans  UID")
        #expect(lines[1].hasSuffix("2.5 s  completed  count()  1 2"))
        #expect(lines[2] == "1  ?                           failed     scan()          u")
        #expect(lines[3] == "2  ?                           unknown    odd()")
        #expect(lines[4...] == ["", "#1 no\\nbeam"])
    }

    @Test func `plans show their parameters as Python writes them`() throws {
        func parameter(_ name: String, _ kind: String, _ value: String? = nil) -> JSONValue {
            var result: JSONObject = ["name": .string(name), "kind": ["name": .string(kind)]]
            if let value { result["default"] = .string(value) }
            return .object(result)
        }
        let plan: JSONObject = [
            "parameters": [
                parameter("a", "POSITIONAL_ONLY"), parameter("b", "POSITIONAL_OR_KEYWORD", "1"),
                parameter("c", "KEYWORD_ONLY", "None"), parameter("d", "VAR_KEYWORD"),
            ]
        ]
        #expect(PlanDescription(plan).signature == "a, /, b=1, *, c=None, **d")
        let other: JSONObject = ["parameters": [parameter("args", "VAR_POSITIONAL"), parameter("x", "KEYWORD_ONLY")]]
        #expect(PlanDescription(other).signature == "*args, x")
        #expect(PlanDescription([:]).signature == "")
    }

    @Test func `devices show their class and what they can do`() {
        let devices: JSONObject = [
            "motor": ["classname": "Axis", "is_readable": true, "is_movable": true, "components": ["x": [:]]],
            "det": ["classname": "Detector", "is_readable": true, "is_movable": false],
        ]
        #expect(
            DeviceText.list(devices, on: Display()) == """
                Device  Class     Can be       Components
                det     Detector  read
                motor   Axis      read, moved  x
                """
        )
    }

    @Test func `tasks show their result`() {
        let reply: JSONObject = [
            "status": "completed",
            "result": ["success": false, "msg": "bad", "return_value": nil, "traceback": "line 1\nline 2"],
        ]
        #expect(
            TaskText.result(reply, on: Display()) == """
                Status    failed
                Returned  null
                Message   bad

                line 1
                line 2
                """
        )
        #expect(TaskText.result(["status": "not_found", "result": [:]], on: Display()) == "not found")
    }

    @Test func `an outline is YAML that reads back as the same value`() throws {
        let value = try JSONValue(
            parsing: #"""
                {"a": [], "b": {}, "c": [1, 2.5, null], "d": [{"x": "yes", "y": [[1], {"z": "a: b"}]}, "", "plain text"],
                 "e f": "it's", "g": "1", "h": "x\ny", "i": true, "é": "-", "j": ":^_", "k": "# no", "l": " x "}
                """#
        )
        #expect(try JSONValue(yaml: Outline.text(value)) == value)
    }
}
