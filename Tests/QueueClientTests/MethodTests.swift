import FakeManager
import QueueClient
import Testing
import Wire

/// A call of the client and the request that it must make, as method and parameters in JSON.
private struct Call: Sendable, CustomTestStringConvertible {
    let method: String
    let parameters: String
    let make: @Sendable (QueueClient) async throws -> Void
    var testDescription: String { method }

    init(_ method: String, _ parameters: String = "{}", _ make: @escaping @Sendable (QueueClient) async throws -> Void)
    {
        self.method = method
        self.parameters = parameters
        self.make = make
    }
}

private let plan = QueueItem.plan("count", [["det1"]], keywordArguments: ["num": 2])
private let planText = #"{"item_type": "plan", "name": "count", "args": [["det1"]], "kwargs": {"num": 2}}"#
private let stopText = #"{"item_type": "instruction", "name": "queue_stop"}"#
private let signed = #""user": "me", "user_group": "us", "lock_key": "k""#
private let locked = #"{"lock_key": "k"}"#

private let calls: [Call] = [
    Call("status") { _ = try await $0.status() },
    Call("ping") { _ = try await $0.ping() },
    Call("config_get") { _ = try await $0.configGet() },
    Call("console_output", #"{"nlines": 20}"#) { _ = try await $0.consoleOutput(lines: 20) },
    Call("console_output_uid") { _ = try await $0.consoleOutputUID() },
    Call("console_output_update", #"{"last_msg_uid": "u"}"#) { _ = try await $0.consoleOutputUpdate(after: "u") },
    Call("environment_open", locked) { try await $0.environmentOpen() },
    Call("environment_close", locked) { try await $0.environmentClose() },
    Call("environment_destroy", locked) { try await $0.environmentDestroy() },
    Call("environment_update", #"{"run_in_background": true, "lock_key": "k"}"#) {
        try await $0.environmentUpdate(inBackground: true)
    },
    Call("queue_get") { _ = try await $0.queueGet() },
    Call("queue_clear", locked) { try await $0.queueClear() },
    Call("queue_start", locked) { try await $0.queueStart() },
    Call("queue_stop", locked) { try await $0.queueStop() },
    Call("queue_stop_cancel", locked) { try await $0.queueStopCancel() },
    Call("queue_autostart", #"{"enable": true, "lock_key": "k"}"#) { try await $0.queueAutostart(enable: true) },
    Call("queue_mode_set", #"{"mode": {"loop": true, "ignore_failures": false}, "lock_key": "k"}"#) {
        try await $0.queueModeSet(QueueMode(loop: true))
    },
    Call("queue_mode_set", #"{"mode": "default", "lock_key": "k"}"#) { try await $0.queueModeReset() },
    Call("queue_item_add", #"{"item": \#(planText), \#(signed)}"#) { try await $0.queueItemAdd(plan) },
    Call("queue_item_add", #"{"item": \#(stopText), "pos": -1, \#(signed)}"#) {
        try await $0.queueItemAdd(.queueStop, at: .index(-1))
    },
    Call("queue_item_add", #"{"item": \#(stopText), "before_uid": "u", \#(signed)}"#) {
        try await $0.queueItemAdd(.queueStop, at: .before(uid: "u"))
    },
    Call("queue_item_add_batch", #"{"items": [\#(planText), \#(stopText)], "pos": "front", \#(signed)}"#) {
        try await $0.queueItemAddBatch([plan, .queueStop], at: .front)
    },
    Call("queue_item_update", #"{"item": \#(planText), "replace": true, \#(signed)}"#) {
        try await $0.queueItemUpdate(plan, replace: true)
    },
    Call("queue_item_execute", #"{"item": \#(planText), \#(signed)}"#) { try await $0.queueItemExecute(plan) },
    Call("queue_item_get") { _ = try await $0.queueItemGet() },
    Call("queue_item_get", #"{"pos": "front"}"#) { _ = try await $0.queueItemGet(.front) },
    Call("queue_item_remove", #"{"uid": "u", "lock_key": "k"}"#) { try await $0.queueItemRemove(.uid("u")) },
    Call("queue_item_remove_batch", #"{"uids": ["u", "v"], "ignore_missing": false, "lock_key": "k"}"#) {
        try await $0.queueItemRemoveBatch(uids: ["u", "v"], ignoreMissing: false)
    },
    Call("queue_item_move", #"{"pos": 2, "pos_dest": "back", "lock_key": "k"}"#) {
        try await $0.queueItemMove(.index(2), to: .back)
    },
    Call("queue_item_move", #"{"uid": "u", "after_uid": "v", "lock_key": "k"}"#) {
        try await $0.queueItemMove(.uid("u"), to: .after(uid: "v"))
    },
    Call("queue_item_move_batch", #"{"uids": ["u"], "reorder": true, "pos_dest": 3, "lock_key": "k"}"#) {
        try await $0.queueItemMoveBatch(uids: ["u"], to: .index(3), reorder: true)
    },
    Call("history_get") { _ = try await $0.historyGet() },
    Call("history_clear", locked) { try await $0.historyClear() },
    Call("history_clear", #"{"size": 5, "lock_key": "k"}"#) { try await $0.historyClear(keeping: 5) },
    Call("history_clear", #"{"item_uid": "u", "lock_key": "k"}"#) { try await $0.historyClear(upTo: "u") },
    Call("re_pause", #"{"option": "immediate", "lock_key": "k"}"#) { try await $0.rePause(.immediate) },
    Call("re_resume", locked) { try await $0.reResume() },
    Call("re_stop", locked) { try await $0.reStop() },
    Call("re_abort", locked) { try await $0.reAbort() },
    Call("re_halt", locked) { try await $0.reHalt() },
    Call("re_runs", #"{"option": "open"}"#) { _ = try await $0.reRuns(.open) },
    Call("re_metadata") { _ = try await $0.reMetadata() },
    Call("kernel_interrupt", #"{"interrupt_plan": true, "lock_key": "k"}"#) {
        try await $0.kernelInterrupt(plan: true)
    },
    Call("plans_allowed", #"{"user_group": "us"}"#) { _ = try await $0.plansAllowed() },
    Call("devices_allowed", #"{"user_group": "us"}"#) { _ = try await $0.devicesAllowed() },
    Call("plans_existing") { _ = try await $0.plansExisting() },
    Call("devices_existing") { _ = try await $0.devicesExisting() },
    Call("permissions_get") { _ = try await $0.permissionsGet() },
    Call("permissions_set", #"{"user_group_permissions": {"user_groups": {}}, "lock_key": "k"}"#) {
        try await $0.permissionsSet(["user_groups": [:]])
    },
    Call("permissions_reload", #"{"restore_plans_devices": true, "restore_permissions": true, "lock_key": "k"}"#) {
        try await $0.permissionsReload(plansAndDevices: true)
    },
    Call("task_status", #"{"task_uid": "t"}"#) { _ = try await $0.taskStatus("t") },
    Call("task_status", #"{"task_uid": ["t", "s"]}"#) { _ = try await $0.taskStatus(["t", "s"]) },
    Call("task_result", #"{"task_uid": "t"}"#) { _ = try await $0.taskResult("t") },
    Call(
        "function_execute",
        #"{"item": {"item_type": "function", "name": "f", "args": [1], "kwargs": {}}, "run_in_background": true, \#(signed)}"#
    ) { try await $0.functionExecute(.function("f", [1]), inBackground: true) },
    Call(
        "script_upload",
        #"{"script": "s", "run_in_background": false, "update_lists": true, "update_re": false, "lock_key": "k"}"#
    ) { try await $0.scriptUpload("s") },
    Call("lock", #"{"queue": true, "note": "n", "user": "me", "lock_key": "k"}"#) {
        try await $0.lock(queue: true, note: "n")
    },
    Call("unlock", locked) { try await $0.unlock() },
    Call("lock_info", locked) { _ = try await $0.lockInfo() },
    Call("manager_stop", #"{"option": "safe_off"}"#) { try await $0.managerStop(.safeOff) },
    Call("manager_kill") { try await $0.managerKill() },
]

@Suite struct MethodTests {
    private func client(of manager: FakeManager) throws -> QueueClient {
        var configuration = ClientConfiguration()
        configuration.controlAddress = manager.controlAddress
        configuration.timeout = .seconds(5)
        configuration.user = "me"
        configuration.userGroup = "us"
        configuration.lockKey = "k"
        return try QueueClient(configuration)
    }

    @Test(arguments: calls)
    private func `each call makes the request of the API`(call: Call) async throws {
        let manager = try FakeManager()
        try await call.make(client(of: manager))
        let expected = FakeManager.Request(method: call.method, parameters: try JSONValue(parsing: call.parameters))
        #expect(await manager.requests == [expected])
    }

    @Test func `a refusal carries the manager's words and the whole reply`() async throws {
        let manager = try FakeManager { _ in ["success": false, "msg": "no", "qsize": nil] }
        let client = try client(of: manager)
        let reply: JSONObject = ["success": false, "msg": "no", "qsize": nil]
        await #expect(throws: QueueClientError.refused(method: "queue_start", message: "no", reply: reply)) {
            try await client.queueStart()
        }
    }

    @Test func `the queue is read with its running item`() async throws {
        let manager = try FakeManager { _ in
            [
                "success": true, "msg": "", "plan_queue_uid": "q",
                "items": [["item_type": "plan", "name": "scan", "args": [1], "item_uid": "u", "user": "me"]],
                "running_item": ["name": "count"],
            ]
        }
        let queue = try await client(of: manager).queueGet()
        #expect(queue.uid == "q")
        #expect(queue.runningItem?.name == "count")
        #expect(queue.items.first?.uid == "u")
        #expect(queue.items.first?.arguments == [1])
    }

    @Test func `an empty running item is none, and a history entry has its result`() async throws {
        let manager = try FakeManager { request in
            let result: JSONValue = [
                "exit_status": "failed", "msg": "broken", "scan_ids": [4], "run_uids": ["r"], "time_start": 1.0,
                "time_stop": 2, "traceback": "",
            ]
            return request.method == "queue_get"
                ? ["success": true, "items": [], "running_item": [:]]
                : ["success": true, "items": [["name": "count", "result": result]]]
        }
        let client = try client(of: manager)
        #expect(try await client.queueGet().runningItem == nil)
        let result = try await client.historyGet().first?.result
        #expect(result?.exitStatus == "failed")
        #expect(result?.scanIDs == [4])
        #expect(result?.timeStop == 2)
        #expect(result?.message == "broken")
    }

    @Test func `a status without its members reads as harmless`() {
        let status = ManagerStatus(["items_in_queue": "many", "manager_state": nil])
        #expect(status.itemsInQueue == 0)
        #expect(status.managerState == "unknown")
        #expect(!status.isIdle)
        #expect(status.runningItemUID == nil)
        #expect(!status.workerEnvironmentExists)
    }
}
