import QueueStore
import SupervisorLink
import Wire
import WorkerLink

extension APIMethod {
    static let runEngineMethods = [
        APIMethod("re_pause", right: .run, parameters: ["option", "lock_key"], locked: .environment) {
            manager,
            parameters in
            let option = parameters.option("option", default: "deferred")
            guard option == "deferred" || option == "immediate" else {
                throw Refusal.state(
                    "Option '\(option.pythonString)' is not supported. "
                        + "Available options: ('deferred', 'immediate')"
                )
            }
            try manager.transition { try $0.pause(deferred: option == "deferred") }
            return .done
        },
        leavingPause("re_resume", .resume), leavingPause("re_stop", .stop), leavingPause("re_abort", .abort),
        leavingPause("re_halt", .halt),
        APIMethod("re_runs", right: .read, parameters: ["option"], failure: ["run_list": [], "run_list_uid": ""]) {
            manager,
            parameters in
            let runs = manager.execution.runs
            let option = parameters.option("option", default: "active")
            let shown: [RunEntry]
            switch option.string {
            case "active": shown = runs
            case "open": shown = runs.filter(\.isOpen)
            case "closed": shown = runs.filter { !$0.isOpen }
            default:
                throw Refusal.request(
                    "Option '\(option.pythonString)' is not supported. "
                        + "Available options: ('active', 'open', 'closed')"
                )
            }
            return .members([
                "run_list": .array(shown.map(\.json)), "run_list_uid": .string(manager.uids.runList),
            ])
        },
        APIMethod("re_suspensions", right: .read, failure: ["suspensions": []]) { manager, _ in
            .members(["suspensions": JSONValue(manager.execution.suspensions)])
        },
        APIMethod("re_metadata", right: .read, failure: ["re_metadata": [:]]) { manager, _ in
            guard manager.execution.environmentExists else {
                throw Refusal.state("Environment does not exist. Cannot retrieve RE metadata.")
            }
            guard manager.execution.worker?.engine != nil else {
                throw Refusal.request("Run Engine does not exist in worker environment")
            }
            let filter = MetadataFilter(manager.settings.permittedMetadataKeys)
            return .afterWorker(.metadata) { answer in
                switch answer {
                case .accepted(let metadata): return .members(["re_metadata": .object(filter.permitted(of: metadata))])
                case .refused(let reason): throw Refusal.state(reason)
                }
            }
        },
        APIMethod(
            "kernel_interrupt",
            right: .run,
            parameters: ["lock_key", "interrupt_task", "interrupt_plan"],
            locked: .environment
        ) { _, _ in
            throw Refusal.state(
                "Failed to interrupt IPython kernel: "
                    + "RE Manager is not in IPython mode: IPython kernel is not used"
            )
        },
    ]

    private static func leavingPause(_ name: String, _ command: WorkerCommand) -> APIMethod {
        APIMethod(name, right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.leavePause(command) }
            return .done
        }
    }
}
