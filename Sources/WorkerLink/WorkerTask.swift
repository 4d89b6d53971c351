public import Wire

/// Work for a worker besides plans: a function to call, or a script to take over.
///
/// A foreground task needs an environment that does nothing else; a background task runs beside plans and other tasks.
public struct WorkerTask: Sendable, Equatable {
    /// What is to be done.
    public enum Work: Sendable, Equatable {
        /// Call the function of an item (`name`, `args`, `kwargs`, `user`, `user_group`), checked against the rights of
        /// the group.
        case function(item: JSONObject)
        /// Carry out a script; an empty one does nothing but what `updatesLists` asks for.
        ///
        /// - Parameters:
        ///   - updatesLists: Whether the lists of plans and devices are made anew afterwards.
        ///   - updatesEngine: Whether a run engine that the script makes replaces the present one.
        case script(String, updatesLists: Bool, updatesEngine: Bool)
    }

    /// The UID by which clients ask for the result.
    public var uid: String
    /// What is to be done.
    public var work: Work
    /// Whether the task runs beside others.
    public var runsInBackground: Bool

    /// A task with all its parts.
    public init(uid: String, work: Work, runsInBackground: Bool) {
        self.uid = uid
        self.work = work
        self.runsInBackground = runsInBackground
    }

    /// What error texts call the kind of work.
    public var title: String {
        switch work {
        case .function: "Execute function"
        case .script: "Load script"
        }
    }
}

/// A task that runs, as `task_result` shows it.
public struct RunningTask: Sendable, Equatable {
    /// UID of the task.
    public var uid: String
    /// When it started, in seconds since 1970.
    public var timeStart: Double
    /// Whether it runs beside others.
    public var runsInBackground: Bool

    /// A task that has started.
    public init(uid: String, timeStart: Double, runsInBackground: Bool) {
        self.uid = uid
        self.timeStart = timeStart
        self.runsInBackground = runsInBackground
    }

    /// The member `result` of the reply to `task_result`.
    public var json: JSONObject {
        [
            "task_uid": .string(uid), "time_start": .double(timeStart), "run_in_background": .bool(runsInBackground),
        ]
    }

    init?(_ value: JSONValue) {
        guard let uid = value["task_uid"]?.string else { return nil }
        self.uid = uid
        timeStart = value["time_start"]?.number ?? 0
        runsInBackground = value["run_in_background"]?.bool ?? false
    }
}

/// How a task ended.
public struct TaskResult: Sendable, Equatable {
    /// UID of the task.
    public var uid: String
    /// Whether it did what it was to do.
    public var isSuccess: Bool
    /// What went wrong; empty if nothing did.
    public var message = ""
    /// Where it went wrong; empty if nothing did.
    public var traceback = ""
    /// What the function returned; null for scripts and failures.
    public var returnValue = JSONValue.null
    /// When it started, in seconds since 1970.
    public var timeStart: Double
    /// When it ended, in seconds since 1970.
    public var timeStop: Double

    /// The result of a task that went well.
    public init(uid: String, returnValue: JSONValue, timeStart: Double, timeStop: Double) {
        self.uid = uid
        isSuccess = true
        self.returnValue = returnValue
        self.timeStart = timeStart
        self.timeStop = timeStop
    }

    /// The result of a task that failed.
    public init(uid: String, message: String, traceback: String, timeStart: Double, timeStop: Double) {
        self.uid = uid
        isSuccess = false
        self.message = message
        self.traceback = traceback
        self.timeStart = timeStart
        self.timeStop = timeStop
    }

    /// The member `result` of the reply to `task_result`.
    public var json: JSONObject {
        [
            "task_uid": .string(uid), "success": .bool(isSuccess), "msg": .string(message),
            "traceback": .string(traceback), "return_value": returnValue, "time_start": .double(timeStart),
            "time_stop": .double(timeStop),
        ]
    }

    init?(_ value: JSONValue) {
        guard let uid = value["task_uid"]?.string, let isSuccess = value["success"]?.bool else { return nil }
        self.uid = uid
        self.isSuccess = isSuccess
        message = value["msg"]?.string ?? ""
        traceback = value["traceback"]?.string ?? ""
        returnValue = value["return_value"] ?? .null
        timeStart = value["time_start"]?.number ?? 0
        timeStop = value["time_stop"]?.number ?? 0
    }
}

extension WorkerTask {
    var json: JSONObject {
        let members: JSONObject =
            switch work {
            case .function(let item): ["kind": "function", "item": .object(item)]
            case .script(let script, let updatesLists, let updatesEngine):
                [
                    "kind": "script", "script": .string(script), "update_lists": .bool(updatesLists),
                    "update_re": .bool(updatesEngine),
                ]
            }
        return (["task_uid": .string(uid), "run_in_background": .bool(runsInBackground)] as JSONObject).merging(members)
    }

    init?(_ value: JSONValue) {
        guard let uid = value["task_uid"]?.string else { return nil }
        switch value["kind"]?.string {
        case "function":
            guard let item = value["item"]?.object else { return nil }
            work = .function(item: item)
        case "script":
            guard let script = value["script"]?.string else { return nil }
            work = .script(
                script,
                updatesLists: value["update_lists"]?.bool ?? true,
                updatesEngine: value["update_re"]?.bool ?? false
            )
        default: return nil
        }
        self.uid = uid
        runsInBackground = value["run_in_background"]?.bool ?? false
    }
}
