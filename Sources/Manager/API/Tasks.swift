import Wire
import WorkerLink

extension APIMethod {
    static let taskMethods = [
        APIMethod(
            "environment_update",
            right: .run,
            parameters: ["run_in_background", "lock_key"],
            failure: ["task_uid": nil],
            locked: .environment
        ) { manager, parameters in
            let work = WorkerTask.Work.script("", updatesLists: true, updatesEngine: false)
            return .members(["task_uid": .string(try start(work, parameters, manager))])
        },
        APIMethod(
            "script_upload",
            right: .scripts,
            parameters: ["script", "update_lists", "update_re", "run_in_background", "lock_key"],
            failure: ["task_uid": nil],
            locked: .environment
        ) { manager, parameters in
            guard let value = parameters["script"], !value.isNull else {
                throw Refusal.request("Required 'script' parameter is is missing in API call.")
            }
            guard let script = value.string else {
                throw Refusal.request("Type of the 'script' parameter in API call is incorrect.")
            }
            let work = WorkerTask.Work.script(
                script,
                updatesLists: parameters["update_lists"]?.isTruthy ?? true,
                updatesEngine: parameters["update_re"]?.isTruthy ?? false
            )
            return .members(["task_uid": .string(try start(work, parameters, manager))])
        },
        APIMethod(
            "function_execute",
            right: .run,
            parameters: ["item", "user_group", "user", "run_in_background", "lock_key"],
            failure: ["item": nil, "task_uid": nil],
            locked: .environment,
            body: executeFunction
        ),
        APIMethod("task_status", right: .read, parameters: ["task_uid"], failure: ["task_uid": nil, "status": nil]) {
            manager,
            parameters in
            let uid = try parameters.requiredTask
            let tasks = manager.execution.tasks
            let status: JSONValue
            switch uid {
            case .string(let text): status = .string(tasks[text].status)
            case .array(let elements):
                status = .object(
                    JSONObject(
                        try elements.map { element in
                            (try element.taskKey(in: uid), .string(tasks[element].status))
                        }
                    )
                )
            default:
                throw Refusal.request(
                    "'task_uid' must be a string or a list of strings: type(task_uid)=\(uid.pythonType)",
                    members: ["task_uid": uid]
                )
            }
            return .members(["task_uid": uid, "status": status])
        },
        APIMethod(
            "task_result",
            right: .read,
            parameters: ["task_uid"],
            failure: ["task_uid": nil, "status": nil, "result": nil]
        ) { manager, parameters in
            let uid = try parameters.requiredTask
            _ = try uid.taskKey(in: uid)
            let entry = manager.execution.tasks[uid]
            return .members([
                "task_uid": uid, "status": .string(entry.status), "result": .object(entry.result),
            ])
        },
    ]

    private static func executeFunction(_ manager: isolated Manager, _ parameters: Parameters) throws -> Reply {
        var item = try SubmittedItem.validatedFunction(parameters, by: manager.lists)
        let uid = UID.make()
        item["item_uid"] = .string(uid)
        let call: JSONObject = [
            "name": item["name"] ?? nil, "args": item["args"] ?? [], "kwargs": item["kwargs"] ?? [:],
            "user": item["user"] ?? nil, "user_group": item["user_group"] ?? nil, "item_uid": .string(uid),
        ]
        do {
            _ = try start(.function(item: call), parameters, manager, uid: uid)
        } catch let refusal as Refusal {
            // Unlike the other methods, this one puts its prefix before texts about the state too.
            throw Refusal.request(refusal.message, members: ["item": .object(item)])
        }
        return .members(["item": .object(call), "task_uid": .string(uid)])
    }

    /// Starts a task and returns its UID.
    private static func start(
        _ work: WorkerTask.Work,
        _ parameters: Parameters,
        _ manager: isolated Manager,
        uid: String = UID.make()
    ) throws -> String {
        let runsInBackground = parameters["run_in_background"]?.isTruthy ?? false
        let task = WorkerTask(uid: uid, work: work, runsInBackground: runsInBackground)
        try manager.transition { try $0.startTask(task, at: WallClock.now) }
        return uid
    }
}

extension Parameters {
    fileprivate var requiredTask: JSONValue {
        get throws(Refusal) {
            guard let uid = self["task_uid"], !uid.isNull else {
                throw .request("Required 'task_uid' parameter is missing in the API call.")
            }
            return uid
        }
    }
}

extension JSONValue {
    /// The key that stands for this element in the reply to `task_status`.
    ///
    /// - Parameter parameter: The parameter as it came, which the reply shows if this is no possible key.
    fileprivate func taskKey(in parameter: JSONValue) throws(Refusal) -> String {
        switch self {
        case .array, .object:
            throw .request("unhashable type: '\(pythonTypeName)'", members: ["task_uid": parameter])
        case .string(let text): return text
        default: return encodedText
        }
    }
}

extension TaskBook {
    /// Anything that is no text names no task.
    fileprivate subscript(uid: JSONValue) -> Entry { uid.string.map { self[$0] } ?? .notFound }
}
