import WorkerLink

// MARK: - Tasks

extension Execution {
    /// Starts a task. A foreground task keeps the manager from doing anything else until its result has arrived.
    mutating func startTask(_ task: WorkerTask, at time: Double) throws(Refusal) -> Step {
        guard environmentExists else { throw .state("RE Worker environment is not open") }
        if task.runsInBackground {
            guard environment == .open else {
                throw .state("Failed to start the task: RE Worker environment is being closed")
            }
        } else {
            guard state == .idle else {
                throw .state(
                    "Failed to start the task: RE Manager must be in idle state. Current state: '\(state.rawValue)'"
                )
            }
            state = .executingTask
        }
        tasks.start(RunningTask(uid: task.uid, timeStart: time, runsInBackground: task.runsInBackground))
        return Step(actions: [.send(.startTask(task))])
    }

    /// The result of a task has arrived.
    mutating func taskFinished(_ result: TaskResult, at time: Double) -> Step {
        tasks.finish(result, at: time)
        if state == .executingTask, !tasks.hasForegroundTask { state = .idle }
        return Step()
    }

    /// The worker did not take a task, which ends with that.
    mutating func taskRefused(_ task: WorkerTask, reason: String, at time: Double) -> Step {
        taskFinished(
            TaskResult(
                uid: task.uid,
                message: "Error occurred while executing '\(task.title)': \(reason)",
                traceback: "The worker did not start the task: \(reason)",
                timeStart: time,
                timeStop: time
            ),
            at: time
        )
    }
}
