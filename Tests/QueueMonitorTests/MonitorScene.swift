import Glibc
import QueueClient
import TerminalKit
import Wire

@testable import QueueMonitor

/// A monitor and a manager that answers what it is asked, on a clock that tests move.
struct MonitorScene {
    private(set) var model: MonitorModel
    private(set) var now = Moment(uptime: 100, wall: 1_795_000_000)
    /// Members of the status.
    var status: JSONObject = [
        "msg": "RE Manager v0.0.25", "manager_state": "idle", "worker_environment_exists": true,
        "worker_environment_state": "idle", "re_state": "idle", "items_in_queue": 0, "items_in_history": 0,
        "running_item_uid": nil, "plan_queue_uid": "q0", "plan_history_uid": "h0", "run_list_uid": "r0",
        "lock_info_uid": "l0", "status_uid": "s0",
    ]
    /// Replies to what is not about a command, by method.
    var replies: [String: JSONObject] = [:]
    /// Whether questions are answered; commands are answered by the tests.
    var answers = true
    /// All requests, in order.
    private(set) var requests: [Request] = []
    /// What was wanted besides requests.
    private(set) var effects: [MonitorEffect] = []
    /// Questions without an answer.
    private(set) var open: [Question] = []
    private var changes = 0

    init(rows: Int = 24, columns: Int = 80) {
        setenv("TZ", "UTC", 1)
        tzset()
        model = MonitorModel(
            address: "tcp://beamline:60615",
            size: ScreenSize(rows: rows, columns: columns),
            at: now
        )
        replies["queue_get"] = ["items": [], "running_item": [:], "plan_queue_uid": "q0"]
        replies["history_get"] = ["items": [], "plan_history_uid": "h0"]
        replies["re_runs"] = ["run_list": [], "run_list_uid": "r0"]
        replies["re_suspensions"] = ["suspensions": []]
        replies["lock_info"] = ["lock_info": [:], "lock_info_uid": "l0"]
        replies["console_output_update"] = ["console_output_msgs": [], "last_msg_uid": "c0"]
    }

    /// The screen as text.
    var text: String { MonitorView.render(model).lines.joined(separator: "\n") + "\n" }

    /// The names of the methods that were called and change something.
    var commands: [String] {
        let reading = Set(replies.keys).union(["status"])
        return requests.map(\.method).filter { !reading.contains($0) }
    }

    // MARK: Events

    mutating func handle(_ event: MonitorEvent) {
        var events = [event]
        while !events.isEmpty {
            for effect in model.handle(events.removeFirst(), at: now) {
                guard case .send(let question, let request) = effect else {
                    effects.append(effect)
                    continue
                }
                requests.append(request)
                if case .about = question, answers {
                    events.append(.answer(to: question, .success(reply(to: request.method))))
                } else {
                    open.append(question)
                }
            }
        }
    }

    private func reply(to method: String) -> JSONObject {
        method == "status"
            ? status : replies[method] ?? ["success": false, "msg": .string("Unknown method '\(method)'")]
    }

    /// Presses keys: a string of letters.
    mutating func press(_ letters: String) { for letter in letters { handle(.key(.character(letter))) } }

    /// Presses other keys.
    mutating func press(_ keys: Key...) { for key in keys { handle(.key(key)) } }

    /// Answers the oldest question that is open.
    mutating func answer(_ reply: JSONObject = ["success": true, "msg": ""]) {
        handle(.answer(to: open.removeFirst(), .success(reply)))
    }

    /// Ends the oldest question that is open without an answer.
    mutating func fail(_ error: QueueClientError) { handle(.answer(to: open.removeFirst(), .failure(error))) }

    /// Lets time pass, with the ticks that the model wants.
    mutating func wait(_ seconds: Double) {
        let end = now.uptime + seconds
        while now.uptime < end {
            let step = max(min(model.nextTick, end) - now.uptime, 0.001)
            now.uptime += step
            now.wall += step
            handle(.tick)
        }
    }

    /// Changes the status and publishes it.
    mutating func change(_ members: JSONObject) {
        changes += 1
        status = status.merging(members)
        status["status_uid"] = .string("s\(changes)")
        publishStatus()
        // Questions about the same subject have a pause between them.
        wait(0.1)
    }

    mutating func publishStatus() { handle(.published(.status(time: now.wall, ManagerStatus(status)))) }

    // MARK: States

    /// Fills the queue with items `i0`, `i1` … that have these names.
    mutating func fillQueue(_ names: [String], user: String = "Ada") {
        let items = names.enumerated().map { JSONValue.object(MonitorScene.item($1, uid: "i\($0)", user: user)) }
        replies["queue_get"]?["items"] = .array(items)
        changeQueue(count: names.count)
    }

    /// Lets an item run since some seconds.
    mutating func run(_ item: JSONObject, since seconds: Double = 42) {
        let properties: JSONValue = ["time_start": .double(now.wall - seconds)]
        var running = item
        running["properties"] = properties
        replies["queue_get"]?["running_item"] = .object(running)
        let uid = item["item_uid"] ?? nil
        status = status.merging([
            "manager_state": "executing_queue", "worker_environment_state": "executing_plan", "re_state": "running",
            "running_item_uid": uid,
        ])
        changeQueue(count: status["items_in_queue"]?.integer ?? 0)
    }

    private mutating func changeQueue(count: Int) {
        let uid = JSONValue.string("q\(changes + 1)")
        replies["queue_get"]?["plan_queue_uid"] = uid
        change(["plan_queue_uid": uid, "items_in_queue": .integer(count)])
        wait(0.1)
    }

    /// Fills the history, oldest item first.
    mutating func fillHistory(_ items: [JSONObject]) {
        replies["history_get"] = ["items": .array(items.map(JSONValue.object)), "plan_history_uid": "h1"]
        change(["plan_history_uid": "h1", "items_in_history": .integer(items.count)])
        wait(0.1)
    }

    /// Puts text on the console.
    mutating func print(_ text: String, uid: String) {
        let message: JSONValue = ["time": 1, "msg": .string(text)]
        replies["console_output_update"] = ["console_output_msgs": [message], "last_msg_uid": .string(uid)]
        handle(.published(.console(time: 1, text: text)))
        wait(0.1)
        replies["console_output_update"] = ["console_output_msgs": [], "last_msg_uid": .string(uid)]
    }

    static func item(_ name: String, uid: String, user: String = "Ada", arguments: [JSONValue] = [["det1"]])
        -> JSONObject
    {
        name == "queue_stop"
            ? ["item_type": "instruction", "name": .string(name), "item_uid": .string(uid), "user": .string(user)]
            : [
                "item_type": "plan", "name": .string(name), "args": .array(arguments), "kwargs": ["num": 3],
                "item_uid": .string(uid), "user": .string(user), "user_group": "primary",
            ]
    }

    static func ended(_ name: String, _ status: String, scan: Int, message: String = "") -> JSONObject {
        item(name, uid: "e\(scan)").merging([
            "result": [
                "exit_status": .string(status), "run_uids": [.string("run-\(scan)")], "scan_ids": [.integer(scan)],
                "time_start": .double(1_794_990_000 + 100 * Double(scan)),
                "time_stop": .double(1_794_990_012.5 + 100 * Double(scan)), "msg": .string(message),
                "traceback": .string(message.isEmpty ? "" : "Traceback:\n  \(message)"),
            ]
        ])
    }
}
