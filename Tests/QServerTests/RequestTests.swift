import QueueClient
import Testing
import Wire

@testable import QServerCommands

/// The request that a command line makes, with the user and the lock key filled in.
private func request(_ words: [String]) throws -> Request {
    let command = try #require(try Program.qserver.parse(words) as? any RequestCommand)
    return try command.request().completed(with: try command.connection.configuration(environment: [:]))
}

private let plan = "{'name': 'count', 'args': [['det1', 'det2']]}"
private let planText = #""item": {"name": "count", "args": [["det1", "det2"]], "item_type": "plan""#
private let stopText = #""item": {"item_type": "instruction", "name": "queue_stop""#
private let who = #""user": "qserver-cli", "user_group": "primary""#

@Suite struct RequestTests {
    @Test(arguments: [
        (["status"], "status", "{}"),
        (["ping"], "ping", "{}"),
        (["config"], "config_get", "{}"),
        (["environment", "open"], "environment_open", "{}"),
        (["environment", "close"], "environment_close", "{}"),
        (["environment", "destroy", "-k", "key"], "environment_destroy", #"{"lock_key": "key"}"#),
        (["environment", "update"], "environment_update", "{}"),
        (["environment", "update", "background"], "environment_update", #"{"run_in_background": true}"#),
        (["allowed", "plans"], "plans_allowed", #"{"user_group": "primary"}"#),
        (["allowed", "devices", "--user-group", "g"], "devices_allowed", #"{"user_group": "g"}"#),
        (["existing", "plans"], "plans_existing", "{}"),
        (["existing", "devices"], "devices_existing", "{}"),
        (["permissions", "get"], "permissions_get", "{}"),
        (["permissions", "reload"], "permissions_reload", "{}"),
        (["permissions", "reload", "lists"], "permissions_reload", #"{"restore_plans_devices": true}"#),
        (["queue", "get"], "queue_get", "{}"),
        (["queue", "clear"], "queue_clear", "{}"),
        (["queue", "start", "-k", "key"], "queue_start", #"{"lock_key": "key"}"#),
        (["queue", "stop"], "queue_stop", "{}"),
        (["queue", "stop", "cancel"], "queue_stop_cancel", "{}"),
        (["queue", "autostart", "enable"], "queue_autostart", #"{"enable": true}"#),
        (["queue", "autostart", "disable"], "queue_autostart", #"{"enable": false}"#),
        (["queue", "mode", "set"], "queue_mode_set", #"{"mode": {}}"#),
        (["queue", "mode", "set", "default"], "queue_mode_set", #"{"mode": "default"}"#),
        (["queue", "mode", "set", "ignore-failures", "on"], "queue_mode_set", #"{"mode": {"ignore_failures": true}}"#),
        (["queue", "autostart", "off"], "queue_autostart", #"{"enable": false}"#),
        (["lock"], "lock_info", "{}"),
        (["queue", "mode", "set", "loop", "True"], "queue_mode_set", #"{"mode": {"loop": true}}"#),
        (
            ["queue", "mode", "set", "loop", "False", "ignore_failures", "True"], "queue_mode_set",
            #"{"mode": {"loop": false, "ignore_failures": true}}"#
        ),
        (["re", "pause"], "re_pause", #"{"option": "deferred"}"#),
        (["re", "pause", "immediate"], "re_pause", #"{"option": "immediate"}"#),
        (["re", "resume"], "re_resume", "{}"),
        (["re", "stop"], "re_stop", "{}"),
        (["re", "abort"], "re_abort", "{}"),
        (["re", "halt"], "re_halt", "{}"),
        (["re", "metadata"], "re_metadata", "{}"),
        (["re", "suspensions"], "re_suspensions", "{}"),
        (["re", "runs", "-k", "key"], "re_runs", "{}"),
        (["re", "runs", "closed"], "re_runs", #"{"option": "closed"}"#),
        (["kernel", "interrupt"], "kernel_interrupt", "{}"),
        (
            ["kernel", "interrupt", "task", "plan"], "kernel_interrupt",
            #"{"interrupt_task": true, "interrupt_plan": true}"#
        ),
        (["history", "get"], "history_get", "{}"),
        (["history", "clear"], "history_clear", "{}"),
        (["history", "clear", "200"], "history_clear", #"{"size": 200}"#),
        (["history", "clear", "0"], "history_clear", #"{"size": 0}"#),
        (["history", "clear", "uid"], "history_clear", #"{"item_uid": "uid"}"#),
        (["task", "status", "uid"], "task_status", #"{"task_uid": "uid"}"#),
        (["task", "result", "uid"], "task_result", #"{"task_uid": "uid"}"#),
        (
            ["lock", "all", "back at six", "-k", "key"], "lock",
            #"{"environment": true, "queue": true, "note": "back at six", "user": "qserver-cli", "lock_key": "key"}"#
        ),
        (["lock", "queue"], "lock", #"{"queue": true, "user": "qserver-cli"}"#),
        (["lock", "environment", "--user", "me"], "lock", #"{"environment": true, "user": "me"}"#),
        (["lock", "info", "-k", "key"], "lock_info", #"{"lock_key": "key"}"#),
        (["-k", "key", "unlock"], "unlock", #"{"lock_key": "key"}"#),
        (["manager", "stop"], "manager_stop", "{}"),
        (["manager", "stop", "safe", "on"], "manager_stop", #"{"option": "safe_on"}"#),
        (["manager", "stop", "safe_off"], "manager_stop", #"{"option": "safe_off"}"#),
        (["manager", "kill", "test"], "manager_kill", "{}"),
    ])
    func `a command line makes the request of the API`(words: [String], method: String, parameters: String) throws {
        #expect(try request(words) == Request(method, try #require(JSONValue(parsing: parameters).object)))
    }

    @Test(arguments: [
        (["add", "plan", plan], "add", "\(planText)}, \(who)"),
        (["add", "plan", "front", plan], "add", #"\#(planText)}, "pos": "front", \#(who)"#),
        (["add", "plan", "back", plan], "add", #"\#(planText)}, "pos": "back", \#(who)"#),
        (["add", "plan", "2", plan, "--user", "qserver-cli"], "add", #"\#(planText)}, "pos": 2, \#(who)"#),
        (["add", "plan", "-1", plan, "-k", "key"], "add", #"\#(planText)}, "pos": -1, "lock_key": "key", \#(who)"#),
        (["add", "plan", "before", "uid", plan], "add", #"\#(planText)}, "before_uid": "uid", \#(who)"#),
        (["add", "plan", "after", "-1", plan], "add", #"\#(planText)}, "after_uid": "-1", \#(who)"#),
        (["add", "instruction", "queue-stop"], "add", "\(stopText)}, \(who)"),
        (["add", "instruction", "2", "queue-stop"], "add", #"\#(stopText)}, "pos": 2, \#(who)"#),
        (["update", "plan", "u", plan], "update", #"\#(planText), "item_uid": "u"}, "replace": false, \#(who)"#),
        (["replace", "plan", "u", plan], "update", #"\#(planText), "item_uid": "u"}, "replace": true, \#(who)"#),
        (
            ["replace", "instruction", "u", "queue-stop"], "update",
            #"\#(stopText), "item_uid": "u"}, "replace": true, \#(who)"#
        ),
        (["execute", "plan", plan], "execute", "\(planText)}, \(who)"),
        (["execute", "instruction", "queue-stop"], "execute", "\(stopText)}, \(who)"),
        (["item", "get"], "get", ""),
        (["item", "get", "back"], "get", #""pos": "back""#),
        (["item", "get", "-2"], "get", #""pos": -2"#),
        (["item", "get", "uid", "-k", "key"], "get", #""uid": "uid""#),
        (["item", "remove"], "remove", ""),
        (["item", "remove", "front", "-k", "key"], "remove", #""pos": "front", "lock_key": "key""#),
        (["item", "release", "front", "-k", "key"], "release", #""pos": "front", "lock_key": "key""#),
        (["item", "release", "-1"], "release", #""pos": -1"#),
        (["item", "release", "uid"], "release", #""uid": "uid""#),
        (["item", "move", "2", "5"], "move", #""pos": 2, "pos_dest": 5"#),
        (["item", "move", "back", "front"], "move", #""pos": "back", "pos_dest": "front""#),
        (["item", "move", "front", "-2"], "move", #""pos": "front", "pos_dest": -2"#),
        (["item", "move", "-2", "uid", "5"], "refused", ""),
        (["item", "move", "uid", "5"], "move", #""uid": "uid", "pos_dest": 5"#),
        (["item", "move", "2", "before", "uid"], "move", #""pos": 2, "before_uid": "uid""#),
        (["item", "move", "uid", "after", "other"], "move", #""uid": "uid", "after_uid": "other""#),
    ])
    func `queue items are addressed by place and identifier`(words: [String], verb: String, parameters: String) throws {
        if verb == "refused" {
            #expect(throws: CommandFailure.self) { try request(["queue"] + words) }
        } else {
            let expected = try #require(JSONValue(parsing: "{\(parameters)}").object)
            #expect(try request(["queue"] + words) == Request("queue_item_\(verb)", expected))
        }
    }

    @Test func `a function call is an item without a type`() throws {
        let expected: JSONObject = [
            "item": ["name": "f", "args": [20], "item_type": "function"], "run_in_background": true,
            "user": "qserver-cli", "user_group": "primary",
        ]
        let words = ["function", "execute", #"{"name": "f", "args": [20]}"#, "background"]
        #expect(try request(words) == Request("function_execute", expected))
    }

    @Test(arguments: [
        ("function_sleep 0.2", #""{'name': 'function_sleep', 'args': [0.2], 'kwargs': {}}""#),
        ("f time=2 background", #""{'name': 'f', 'args': [], 'kwargs': {'time': 2}}""#),
        ("0.2 background", #""{'name': 'function_sleep', 'args': [20], 'kwargs': {}}""#),
    ])
    func `a function call in words is refused with the form that it must have`(line: String, form: String) throws {
        let failure = #expect(throws: CommandFailure.self) { try request(["function", "execute"] + shellWords(line)) }
        #expect(failure?.status == .badParameters)
        #expect(failure?.message.hasSuffix(form) == true, "\(String(describing: failure))")
    }

    @Test func `a script is sent with its choices`() throws {
        let words = ["script", "upload", #filePath, "background", "keep-lists"]
        let parameters = try request(words).parameters
        #expect(parameters["script"]?.string?.hasPrefix("import QueueClient\n") == true)
        #expect(parameters["run_in_background"] == true)
        #expect(parameters["update_lists"] == false)
        #expect(parameters["update_re"] == false)
    }

    @Test func `the declared options with a value are those that shield negative numbers`() {
        #expect(CommandLineWords.optionsWithValue == Set(CommandTree.optionsWithValue))
    }
}
