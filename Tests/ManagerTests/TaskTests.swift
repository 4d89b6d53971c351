import QueueStore
import SupervisorLink
import Testing
import Wire
import WorkerLink

@testable import Manager

private func task(_ uid: String, inBackground: Bool = false) -> WorkerTask {
    WorkerTask(uid: uid, work: .function(item: ["name": "f"]), runsInBackground: inBackground)
}

private func result(_ uid: String) -> TaskResult {
    TaskResult(uid: uid, returnValue: 5, timeStart: 1, timeStop: 2)
}

@Suite struct TaskTests {
    @Test func `a foreground task occupies the manager until its result has arrived`() throws {
        var scene = try Scene("a")
        try scene.apply { try $0.startTask(task("t"), at: 1) }
        #expect(scene.actions == [.send(.startTask(task("t")))])
        #expect(scene.execution.state == .executingTask)
        #expect(scene.execution.tasks["t"].status == "running")
        #expect(scene.execution.tasks["t"].result["run_in_background"] == false)
        #expect(throws: Refusal.state("RE Manager is busy.")) { try scene.startQueue() }
        #expect(throws: Refusal.state("Foreground task execution is in progress.")) {
            try scene.apply { try $0.closeEnvironment() }
        }
        #expect(
            throws: Refusal.state(
                "Failed to start the task: RE Manager must be in idle state. Current state: 'executing_task'"
            )
        ) { try scene.apply { try $0.startTask(task("u"), at: 1) } }
        // That the worker is idle again is not yet the result.
        try scene.worker("idle", .idle)
        #expect(scene.execution.state == .executingTask)
        try scene.apply { $0.taskFinished(result("t"), at: 2) }
        #expect(scene.execution.state == .idle)
        #expect(scene.execution.tasks["t"] == .completed(result("t")))
        #expect(scene.execution.tasks["u"] == .notFound)
    }

    @Test func `a background task runs beside plans, pauses and foreground tasks`() throws {
        var scene = try Scene("ab")
        try scene.start()
        try scene.apply { try $0.startTask(task("1", inBackground: true), at: 1) }
        #expect(scene.execution.state == .executingQueue)
        try scene.worker("paused", .idle, item: "uid-a")
        try scene.apply { try $0.startTask(task("2", inBackground: true), at: 1) }
        try scene.apply { $0.taskFinished(result("1"), at: 2) }
        #expect(scene.execution.state == .paused)
        try scene.apply { try $0.leavePause(.stop) }
        try scene.finish(.stopped)
        try scene.apply { try $0.startTask(task("3"), at: 3) }
        try scene.apply { $0.taskFinished(result("2"), at: 4) }
        #expect(scene.execution.state == .executingTask)
    }

    @Test func `without an environment there are no tasks`() throws {
        var scene = try Scene(isOpen: false)
        for isBackground in [false, true] {
            #expect(throws: Refusal.state("RE Worker environment is not open")) {
                try scene.apply { try $0.startTask(task("t", inBackground: isBackground), at: 1) }
            }
        }
        try scene.apply { try $0.openEnvironment() }
        #expect(throws: Refusal.state("RE Worker environment is not open")) {
            try scene.apply { try $0.startTask(task("t"), at: 1) }
        }
    }

    @Test func `an environment that is being closed takes no tasks`() throws {
        var scene = try Scene()
        try scene.apply { try $0.closeEnvironment() }
        for (isBackground, reason) in [
            (false, "RE Manager must be in idle state. Current state: 'closing_environment'"),
            (true, "RE Worker environment is being closed"),
        ] {
            #expect(throws: Refusal.state("Failed to start the task: \(reason)")) {
                try scene.apply { try $0.startTask(task("t", inBackground: isBackground), at: 1) }
            }
        }
    }

    @Test func `the end of the environment takes running tasks with it and leaves the results`() throws {
        var scene = try Scene()
        try scene.apply { try $0.startTask(task("done", inBackground: true), at: 1) }
        try scene.apply { $0.taskFinished(result("done"), at: 2) }
        try scene.apply { try $0.startTask(task("back", inBackground: true), at: 3) }
        try scene.apply { try $0.startTask(task("front"), at: 3) }
        try scene.apply { try $0.destroyEnvironment() }
        let queue = scene.queue
        try scene.apply { $0.workerExited(WorkerExit(signal: 9), queue: queue, at: 4) }
        #expect(scene.execution.state == .idle)
        #expect(
            ["done", "back", "front"].map { scene.execution.tasks[$0].status } == [
                "completed", "not_found", "not_found",
            ]
        )
    }

    @Test func `a task that the worker refuses has failed`() throws {
        var scene = try Scene()
        try scene.apply { try $0.startTask(task("t"), at: 1) }
        let queue = scene.queue
        try scene.apply { $0.workerAnswered(.startTask(task("t")), .refused(reason: "no"), queue: queue, at: 2) }
        #expect(scene.execution.state == .idle)
        #expect(scene.execution.tasks["t"].result["success"] == false)
        #expect(scene.execution.tasks["t"].result["msg"] == "Error occurred while executing 'Execute function': no")
    }

    @Test func `a new manager takes over the tasks of its worker`() throws {
        var scene = try Scene(isOpen: false)
        var state = WorkerState()
        state.environment = .executingTask
        state.engine = "idle"
        state.tasks = [RunningTask(uid: "t", timeStart: 1, runsInBackground: false)]
        try scene.apply { $0.workerConnected(state, at: 5) }
        #expect(scene.execution.state == .executingTask)
        #expect(scene.execution.tasks["t"] == .running(state.tasks[0]))
        try scene.apply { $0.taskFinished(result("t"), at: 6) }
        #expect(scene.execution.state == .idle)
    }

    @Test func `results are kept for two minutes, and then until the next task ends`() {
        var book = TaskBook()
        book.finish(result("a"), at: 0)
        book.finish(result("b"), at: 60)
        book.finish(result("c"), at: 120)
        #expect(book["a"].status == "completed")
        book.finish(result("d"), at: 121)
        #expect(["a", "b", "c", "d"].map { book[$0].status } == ["not_found", "completed", "completed", "completed"])
        #expect(book.completions == 4)
    }
}
