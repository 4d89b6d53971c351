internal import EventModel
internal import PlanCatalog
internal import ProcessLog
internal import Synchronization
internal import Wire
internal import WorkerLink
internal import ZeroMQ

extension Environment {
    /// Starts a task. Its end is posted as an event, whatever happens; cancelling ends it early if it can be.
    func start(_ task: WorkerTask, at timeStart: Double) -> Task<Void, Never> {
        Task.detached(executorPreference: TaskThreads.shared) { [self] in
            let result: TaskResult
            var updatesLists = false
            do {
                let value = try await carryOut(task)
                if case .script(_, updatesLists: true, _) = task.work { updatesLists = true }
                result = TaskResult(uid: task.uid, returnValue: value, timeStart: timeStart, timeStop: timestampNow())
            } catch {
                let message = "Error occurred while executing '\(task.title)': \(error)"
                ConsoleWriter.shared.write(message + "\n")
                result = TaskResult(
                    uid: task.uid,
                    message: message,
                    traceback: Environment.traceback(of: error, task),
                    timeStart: timeStart,
                    timeStop: timestampNow()
                )
            }
            // The end of the task is reported after what it has printed.
            ConsoleWriter.shared.flush()
            events.post(.taskFinished(result, updatesLists: updatesLists))
        }
    }

    private func carryOut(_ task: WorkerTask) async throws -> JSONValue {
        switch task.work {
        case .function(let item): return try await call(item)
        case .script(let script, let updatesLists, _):
            // There is one run engine, which no script can replace: `updatesEngine` has no meaning here.
            do {
                try apply(script, updatesLists: updatesLists)
            } catch {
                throw ScriptError(cause: error)
            }
            return .null
        }
    }

    private func call(_ item: JSONObject) async throws -> JSONValue {
        let name = item["name"]?.string ?? ""
        let group = item["user_group"]?.string ?? ""
        let content = content.withLock { $0 }
        guard try content.catalog.isFunctionAllowed(name, group: group) else {
            throw CommandRefused(
                "Function \(pythonQuoted(name)) is not allowed for users from \(pythonQuoted(group)) user group"
            )
        }
        let function = try content.profile.function(name)
        return try await function.body(item["args"]?.array ?? [], item["kwargs"]?.object ?? [:])
    }

    /// Takes over what a script describes, all of it or nothing. One script at a time.
    private func apply(_ script: String, updatesLists: Bool) throws {
        try scripts.withLock { _ in
            let fragment = try ProfileFragment(script: script)
            var profile = content.withLock { $0.profile }
            try profile.add(fragment)
            content.withLock { content in
                content.profile = profile
                if updatesLists { content.list(profile) }
            }
        }
    }

    private static func traceback(of error: any Error, _ task: WorkerTask) -> String {
        let cause = (error as? ScriptError)?.cause ?? error
        var lines = ["\(type(of: cause)) in task \(task.uid) ('\(task.title)')"]
        if case .function(let item) = task.work {
            lines.append(
                "  function \(item["name"]?.pythonString ?? ""), args \((item["args"] ?? []).pythonRepr), "
                    + "kwargs \((item["kwargs"] ?? [:]).pythonRepr)"
            )
        }
        lines.append("\(cause)")
        if let details = (cause as? FunctionError)?.details, !details.isEmpty { lines.append(details) }
        return lines.joined(separator: "\n")
    }
}

/// Why a script was not taken over. Clients look for the beginning of the text, misspelt as it is.
private struct ScriptError: Error, CustomStringConvertible {
    let cause: any Error

    var description: String { "Failed to execute stript: \(cause)" }
}
