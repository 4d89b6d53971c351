public import Wire

/// A task in the environment: a function call, an uploaded script or an update.
public struct TaskReport: Sendable, Hashable {
    /// The task's identifier.
    public let uid: String
    /// `running`, `completed` or `not_found`.
    public let status: String
    /// The result as it arrived: while the task runs `time_start`, later `success`, `msg`, `return_value` and more.
    public let result: JSONObject

    /// Whether the task is done.
    public var isCompleted: Bool { status == "completed" }
    /// Whether the task is done and went well.
    public var succeeded: Bool { result["success"]?.bool ?? false }
    /// What went wrong; empty if nothing did.
    public var message: String { result["msg"]?.string ?? "" }
    /// Where it went wrong; empty if nothing did.
    public var traceback: String { result["traceback"]?.string ?? "" }
    /// What the function returned.
    public var returnValue: JSONValue { result["return_value"] ?? .null }
}

extension Request {
    package static func taskStatus(_ uid: String) -> Request { Request("task_status", ["task_uid": .string(uid)]) }
    package static func taskResult(_ uid: String) -> Request { Request("task_result", ["task_uid": .string(uid)]) }

    package static func functionExecute(_ item: QueueItem, inBackground: Bool = false) -> Request {
        Request("function_execute", ["item": .object(item.raw), "run_in_background": .bool(inBackground)])
    }

    package static func scriptUpload(
        _ script: String,
        inBackground: Bool = false,
        updateLists: Bool = true,
        updateRunEngine: Bool = false
    ) -> Request {
        Request(
            "script_upload",
            [
                "script": .string(script), "run_in_background": .bool(inBackground),
                "update_lists": .bool(updateLists), "update_re": .bool(updateRunEngine),
            ]
        )
    }
}

extension QueueClient {
    /// How far the task is: `running`, `completed` or `not_found`.
    public func taskStatus(_ uid: String) async throws -> String {
        try await perform(.taskStatus(uid))["status"]?.string ?? "not_found"
    }

    /// How far each of the tasks is: `running`, `completed` or `not_found`, by identifier.
    public func taskStatus(_ uids: [String]) async throws -> [String: String] {
        let reply = try await perform(Request("task_status", ["task_uid": JSONValue(uids)]))
        var result: [String: String] = [:]
        for (uid, status) in reply["status"]?.object ?? [:] { result[uid] = status.string }
        return result
    }

    /// What is known of the task. Results are kept for about two minutes after the task is done.
    public func taskResult(_ uid: String) async throws -> TaskReport {
        let reply = try await perform(.taskResult(uid))
        return TaskReport(
            uid: uid,
            status: reply["status"]?.string ?? "not_found",
            result: reply["result"]?.object ?? [:]
        )
    }

    /// Calls a function in the environment. Returns the task's identifier.
    ///
    /// - Parameter inBackground: Whether the function may run beside plans and other tasks.
    @discardableResult
    public func functionExecute(_ function: QueueItem, inBackground: Bool = false) async throws -> String {
        try await perform(.functionExecute(function, inBackground: inBackground)).taskUID
    }

    /// Runs a script in the environment. Returns the task's identifier.
    ///
    /// - Parameters:
    ///   - script: The text of the script.
    ///   - inBackground: Whether the script may run beside plans and other tasks.
    ///   - updateLists: Whether the lists of plans and devices are made anew afterwards.
    ///   - updateRunEngine: Whether the script may replace the run engine.
    @discardableResult
    public func scriptUpload(
        _ script: String,
        inBackground: Bool = false,
        updateLists: Bool = true,
        updateRunEngine: Bool = false
    ) async throws -> String {
        try await perform(
            .scriptUpload(
                script,
                inBackground: inBackground,
                updateLists: updateLists,
                updateRunEngine: updateRunEngine
            )
        ).taskUID
    }
}
