import FakeManager
import Synchronization
import Testing
import Wire

@testable import QServerCommands

/// What the manager does while a command waits: it changes with the request that the command makes.
private final class Script: Sendable {
    private let wasAsked = Mutex(false)
    let trigger: String
    let status: JSONObject
    let before: [JSONValue]
    let after: [JSONValue]

    init(_ trigger: String, status: JSONObject = [:], before: [JSONValue] = [], after: [JSONValue] = []) {
        self.trigger = trigger
        self.status = status
        self.before = before
        self.after = after
    }

    func reply(to request: FakeManager.Request) -> JSONValue {
        if request.method == trigger { wasAsked.withLock { $0 = true } }
        let isAfter = wasAsked.withLock { $0 }
        let history = isAfter ? after : before
        let idle: JSONObject = [
            "manager_state": "idle", "status_uid": .string("\(isAfter)"), "worker_environment_exists": false,
            "items_in_history": .integer(history.count), "plan_history_uid": .string("h\(isAfter)"),
            "plan_queue_uid": .string("q\(isAfter)"),
        ]
        switch request.method {
        case "status": return .object(isAfter ? idle.merging(status) : idle)
        case "history_get": return ["success": true, "items": .array(history)]
        case "queue_get": return ["success": true, "items": [], "running_item": [:]]
        case "function_execute": return ["success": true, "task_uid": "t"]
        case "task_result":
            return [
                "success": true, "status": "completed",
                "result": ["success": false, "msg": "too hot", "traceback": "line 1\nline 2\n"],
            ]
        case "queue_item_execute", "queue_item_add":
            return [
                "success": true, "item": ["name": "scan", "args": ["det"], "item_uid": "bad", "item_type": "plan"],
            ]
        default: return ["success": true, "msg": ""]
        }
    }
}

/// A queue that does not run. Its item is removed when the status has been asked for twice since the queue was.
private final class StillQueue: Sendable {
    private let statusCount = Mutex<Int?>(nil)
    private let isOpen: Bool

    init(isOpen: Bool) { self.isOpen = isOpen }

    func reply(to request: FakeManager.Request) -> JSONValue {
        let isGone = statusCount.withLock { count in
            if request.method == "queue_get" { count = count ?? 0 }
            if request.method == "status" { count = count.map { $0 + 1 } }
            return (count ?? 0) > 1
        }
        let item: JSONValue = ["name": "scan", "item_uid": "u1", "item_type": "plan"]
        switch request.method {
        case "status":
            return [
                "manager_state": "idle", "worker_environment_exists": .bool(isOpen),
                "status_uid": .string("\(isGone)"), "plan_queue_uid": .string("\(isGone)"),
            ]
        case "queue_get": return ["success": true, "items": isGone ? [] : [item], "running_item": [:]]
        case "history_get": return ["success": true, "items": []]
        default: return ["success": true, "item": item]
        }
    }
}

/// A plan that is held. It ends when the status has been asked for a few times after what holds it.
private final class HeldPlan: Sendable {
    private let counts = Mutex((holds: 0, statuses: 0))

    func reply(to request: FakeManager.Request) -> JSONValue {
        let isOver = counts.withLock { counts in
            if request.method == "re_suspensions" { counts.holds += 1 }
            if request.method == "status", counts.holds > 0 { counts.statuses += 1 }
            return counts.statuses > 5
        }
        switch request.method {
        case "status":
            return [
                "manager_state": isOver ? "idle" : "executing_queue", "status_uid": .string("\(isOver)"),
                "running_item_uid": isOver ? nil : "bad", "plan_history_uid": .string("\(isOver)"),
            ]
        case "re_suspensions": return ["success": true, "suspensions": ["Signal shutter = closed"]]
        case "history_get": return ["success": true, "items": isOver ? [item("mv", "bad", "completed")] : []]
        default: return ["success": true, "item": ["name": "mv", "item_uid": "bad", "item_type": "plan"]]
        }
    }
}

private func item(_ name: String, _ uid: String, _ status: String, _ message: String = "") -> JSONValue {
    [
        "name": .string(name), "item_type": "plan", "args": ["det"], "item_uid": .string(uid),
        "result": ["exit_status": .string(status), "msg": .string(message)],
    ]
}

private let old = item("old", "old", "failed")
private let good = item("count", "good", "completed")

private func run(_ line: String, _ script: Script) async throws -> Ending {
    await run(shellWords(line), manager: try FakeManager(respond: script.reply))
}

@Suite struct WaitTests {
    @Test func `an environment that does not open ends with 5`() async throws {
        #expect(try await run("environment open --wait", Script("environment_open")).status == .operationFailed)
    }

    @Test func `a closed environment ends with 0`() async throws {
        let ending = try await run("environment close --wait", Script("environment_close"))
        #expect(ending.status == .success)
        #expect(ending.output.hasSuffix("The environment is closed.\n"))
    }

    @Test func `completed items are counted, also where the history was cut meanwhile`() async throws {
        for after in [[old, good], [good]] {
            let ending = try await run("queue start --wait", Script("queue_start", before: [old], after: after))
            #expect(
                ending
                    == Ending(status: .success, output: "The queue is being started.\n1 item completed.\n", errors: "")
            )
        }
    }

    @Test(arguments: [
        ("failed", QServerExitCode.operationFailed), ("stopped", .stopped), ("aborted", .aborted), ("halted", .aborted),
        ("unknown", .operationFailed),
    ])
    func `the exit code and the reason tell how the last plan ended`(
        status: String,
        code: QServerExitCode
    ) async throws {
        let after = [old, good, item("scan", "bad", status, "no beam")]
        let ending = try await run("queue start --wait", Script("queue_start", before: [old], after: after))
        #expect(ending.status == code)
        #expect(ending.errors == "Error: scan('det') \(status): no beam\n")
    }

    @Test(arguments: [("stop", "stopped"), ("abort", "aborted"), ("halt", "halted")])
    func `a plan that ended as it was told to is a success`(verb: String, status: String) async throws {
        let after = [old, item("scan", "bad", status)]
        let ending = try await run("re \(verb) --wait", Script("re_\(verb)", before: [old], after: after))
        #expect(ending.status == .success)
        #expect(ending.output.hasSuffix("scan('det') \(status)\n"))
    }

    @Test func `a pause that is reached ends with 0, one that comes too late with 5`() async throws {
        let paused = try await run("re pause --wait", Script("re_pause", status: ["manager_state": "paused"]))
        #expect(paused.status == .success)
        #expect(paused.output.hasSuffix("The plan is paused.\n"))
        let late = try await run("re pause --wait", Script("re_pause", before: [old], after: [old, good]))
        #expect(late.status == .operationFailed)
        #expect(late.errors.hasPrefix("Error: the plan ended before it paused"))
    }

    @Test func `a paused plan ends the waiting with 8`() async throws {
        let script = Script("queue_start", status: ["manager_state": "paused"])
        #expect(try await run("queue start --wait", script).status == .paused)
        let running: JSONObject = ["manager_state": "paused", "running_item_uid": "bad"]
        let ending = try await run(
            "queue add plan \"{'name': 'scan'}\" --wait",
            Script("queue_item_add", status: running)
        )
        #expect(ending.status == .paused)
        #expect(ending.errors.contains("qserver re resume, stop, abort or halt"))
    }

    @Test func `a failed function ends with 5 and says why`() async throws {
        let ending = try await run("function execute \"{'name': 'f'}\" --wait", Script("function_execute"))
        #expect(ending.status == .operationFailed)
        #expect(ending.errors == "Error: the task failed: too hot\n  line 1\n  line 2\n")
    }

    @Test(arguments: ["run", "queue execute plan", "queue add plan --wait", "queue execute plan --wait"])
    func `a plan that is waited for tells by its own entry how it ended`(command: String) async throws {
        let after = [old, item("scan", "bad", "failed", "no beam"), good]
        let script = Script(command.contains("add") ? "queue_item_add" : "queue_item_execute", after: after)
        let ending = try await run("\(command) \"{'name': 'scan'}\"", script)
        let waits = command != "queue execute plan"
        #expect(ending.status == (waits ? .operationFailed : .success))
        #expect(ending.errors == (waits ? "Error: scan('det') failed: no beam\n" : ""))
    }

    @Test func `an item that vanishes from the queue ends the waiting with 9`() async throws {
        let ending = try await run("queue add plan \"{'name': 'scan'}\" --wait", Script("queue_item_add"))
        #expect(ending.status == .removed)
    }

    @Test func `with --json the outcome is part of the one document`() async throws {
        let after = [item("scan", "bad", "completed")]
        let ending = try await run("run \"{'name': 'scan'}\" --json", Script("queue_item_execute", after: after))
        let document = try JSONValue(parsing: ending.output)
        #expect(document["success"] == true)
        #expect(document["item"]?["item_uid"] == "bad")
        #expect(document["outcome"]?["result"]?["exit_status"] == "completed")
    }

    @Test func `Ctrl-C ends only the waiting and says so`() async throws {
        let script = Script(
            "queue_item_execute",
            status: ["manager_state": "executing_queue", "running_item_uid": "bad"]
        )
        let manager = try FakeManager(respond: script.reply)
        let ending = await run(["run", "{'name': 'scan'}"], manager: manager) {
            AsyncStream { continuation in
                continuation.yield()
            }
        }
        #expect(ending.status == .interrupted)
        #expect(ending.errors.hasPrefix("No longer watching; the plan stays in the queue or goes on."))
        let methods = await manager.requests.map(\.method)
        #expect(!methods.contains { $0.hasPrefix("re_") || $0.contains("remove") })
    }

    @Test(arguments: [
        (false, "'qserver environment open' opens the environment, 'qserver queue start' starts it."),
        (true, "The queue does not run: 'qserver queue start' starts it."),
    ])
    func `who waits for a queue that does not run is told so`(isOpen: Bool, note: String) async throws {
        let queue = StillQueue(isOpen: isOpen)
        let line = "queue add plan \"{'name': 'scan'}\" --wait"
        let ending = await run(shellWords(line), manager: try FakeManager(respond: queue.reply))
        #expect(ending.status == .removed)
        #expect(ending.errors.contains(note))
    }

    @Test(arguments: ["run", "queue start --wait"])
    func `who waits for a plan that is held is told once by what`(command: String) async throws {
        let line = command == "run" ? "run \"{'name': 'mv'}\"" : command
        let ending = await run(shellWords(line), manager: try FakeManager(respond: HeldPlan().reply))
        #expect(ending.status == .success, "\(ending)")
        let note = "The running plan is held: Signal shutter = closed\n"
        #expect(ending.errors.ranges(of: note).count == 1, "\(ending)")
    }

    @Test func `what is left in the queue because it is held is told`() async throws {
        let script = Script("queue_start", status: ["items_in_queue": 2], before: [old], after: [old])
        let manager = try FakeManager { request in
            request.method == "queue_get"
                ? ["success": true, "items": [["name": "a", "properties": ["held": true]], ["name": "b"]]]
                : script.reply(to: request)
        }
        let ending = await run(["queue", "start", "--wait"], manager: manager)
        #expect(
            ending.output.hasSuffix(
                "0 items completed, 2 items left in the queue, 1 of them held; "
                    + "'qserver queue item release <item>' lets an item run.\n"
            )
        )
    }

    @Test func `a failed plan that is held is told`() async throws {
        let after = [item("scan", "bad", "failed", "no beam")]
        let script = Script("queue_start", status: ["items_in_queue": 1], after: after)
        let manager = try FakeManager { request in
            let copy: JSONValue = ["name": "scan", "args": ["det"], "properties": ["held": true]]
            return request.method == "queue_get" ? ["success": true, "items": [copy]] : script.reply(to: request)
        }
        let ending = await run(["queue", "start", "--wait"], manager: manager)
        #expect(ending.errors.hasPrefix("Error: scan('det') failed: no beam\nIt is held in the queue; 'qserver queue"))
    }

    @Test func `what does not come in time ends with 124`() async throws {
        let script = Script(
            "queue_item_execute",
            status: ["manager_state": "executing_queue", "running_item_uid": "bad"]
        )
        let ending = try await run("run \"{'name': 'scan'}\" --wait-timeout 0.1", script)
        #expect(ending.status == .timedOut)
    }
}
