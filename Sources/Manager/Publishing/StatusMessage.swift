import QueueStore
import Wire
import WorkerLink

/// The status of the manager as clients get it, rendered once per change.
struct StatusMessage: Sendable {
    let members: JSONObject
    let encoded: [UInt8]

    /// The version of the API that is served; clients compare the text.
    static let version = "RE Manager v0.0.25"

    init(_ manager: isolated Manager) {
        let execution = manager.execution
        let uids = manager.uids
        members = [
            "msg": .string(StatusMessage.version),
            "items_in_queue": .integer(manager.queue.count),
            "items_in_history": .integer(manager.historyCount),
            "running_item_uid": JSONValue(execution.runningQueueItemUID ?? execution.running?.item.uid),
            "manager_state": .string(execution.state.rawValue),
            "queue_stop_pending": .bool(execution.isStopPending),
            "queue_autostart_enabled": .bool(execution.isAutostartEnabled),
            "worker_environment_exists": .bool(execution.environmentExists),
            "worker_environment_state": .string(execution.environmentState),
            "worker_background_tasks": .integer(execution.worker?.backgroundTasks ?? 0),
            "re_state": JSONValue(execution.environmentExists ? execution.worker?.engine : nil),
            "ip_kernel_state": execution.environmentExists ? "disabled" : nil,
            "ip_kernel_captured": execution.environmentExists ? true : nil,
            "pause_pending": .bool(execution.isPausePending),
            "run_list_uid": .string(uids.runList),
            "plan_queue_uid": .string(uids.planQueue),
            "plan_history_uid": .string(uids.planHistory),
            "devices_existing_uid": .string(uids.devicesExisting),
            "plans_existing_uid": .string(uids.plansExisting),
            "devices_allowed_uid": .string(uids.devicesAllowed),
            "plans_allowed_uid": .string(uids.plansAllowed),
            "plan_queue_mode": execution.mode.json,
            "task_results_uid": .string(uids.taskResults),
            "lock_info_uid": .string(manager.lock.uid),
            "lock": manager.lock.summary,
            "status_uid": .string(UID.make()),
            "time": .string(WallClock.localISO),
        ]
        encoded = members.encoded
    }
}
