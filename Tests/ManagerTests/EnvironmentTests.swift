import QueueStore
import SupervisorLink
import Testing
import Wire
import WorkerLink

@testable import Manager

@Suite struct EnvironmentTests {
    @Test func `an environment is opened and closed once`() throws {
        var scene = try Scene(isOpen: false)
        try scene.apply { try $0.openEnvironment() }
        #expect(scene.execution.state == .creatingEnvironment)
        #expect(!scene.execution.environmentExists)
        #expect(
            throws: Refusal.state("Manager is already in the process of creating the RE Worker environment.")
        ) { try scene.apply { try $0.openEnvironment() } }
        try scene.apply { $0.environmentReady() }
        #expect(scene.execution.state == .idle)
        #expect(throws: Refusal.state("RE Worker environment already exists.")) {
            try scene.apply { try $0.openEnvironment() }
        }
        try scene.apply { try $0.closeEnvironment() }
        #expect(scene.execution.state == .closingEnvironment)
        try end(&scene, WorkerExit(code: 0))
        #expect(scene.execution.state == .idle)
        #expect(!scene.execution.environmentExists)
        #expect(throws: Refusal.state("RE Worker environment does not exist.")) {
            try scene.apply { try $0.closeEnvironment() }
        }
    }

    @Test func `an environment that cannot be opened is closed`() throws {
        var scene = try Scene(isOpen: false)
        try scene.apply { try $0.openEnvironment() }
        try scene.apply { $0.environmentFailed(reason: "bad profile") }
        try end(&scene, WorkerExit(code: 0))
        #expect(scene.execution.state == .idle)
        #expect(scene.execution.environmentState == "closed")
    }

    @Test func `a worker that does not answer is shown as such until it is heard again`() throws {
        var scene = try Scene("a")
        try scene.start()
        try scene.apply { $0.workerSilent() }
        #expect(scene.execution.environmentState == "unresponsive")
        #expect(scene.execution.state == .executingQueue)
        try scene.apply { $0.workerHeardAgain() }
        #expect(scene.execution.environmentState == "executing_plan")
    }

    @Test func `a worker that does not answer can be destroyed`() throws {
        var scene = try Scene("a")
        try scene.start()
        try scene.apply { $0.workerSilent() }
        try scene.apply { try $0.destroyEnvironment() }
        #expect(scene.actions.last == .killWorker)
        try end(&scene, WorkerExit(signal: 9))
        #expect(scene.execution.environmentState == "closed")
        #expect(scene.outcomes == "a:failed")
    }

    @Test func `a worker that does not answer a new manager can be destroyed, or is known when it is heard`() throws {
        var scene = try Scene(isOpen: false)
        try scene.apply { $0.workerSilent() }
        #expect(scene.execution.environmentState == "unresponsive")
        var destroyed = scene
        try destroyed.apply { try $0.destroyEnvironment() }
        #expect(destroyed.actions == [.killWorker])

        var state = WorkerState()
        state.environment = .executingTask
        state.tasks = [RunningTask(uid: "t", timeStart: 1, runsInBackground: false)]
        try scene.apply { $0.workerConnected(state, at: 0) }
        #expect(scene.execution.environmentState == "executing_task")
        #expect(scene.execution.state == .executingTask)
    }

    @Test func `a worker that dies during a plan fails the plan and closes the environment`() throws {
        var scene = try Scene("ab")
        try scene.start()
        try end(&scene, WorkerExit(signal: 9, output: "last words"))
        #expect(scene.execution.state == .idle && scene.execution.running == nil)
        #expect(scene.outcomes == "a:failed")
        let result = scene.history[0].members["result"]
        #expect(
            result?["msg"] == "RE Worker process ended while the plan was running: it was killed by signal 9 (SIGKILL)"
        )
        #expect(result?["traceback"] == "last words")
        #expect(scene.names == "ab")
    }

    @Test func `a destroyed environment fails the plan as clients know it`() throws {
        var scene = try Scene("ab")
        scene.execution.setAutostart(true)
        try scene.start()
        try scene.apply { try $0.destroyEnvironment() }
        #expect(scene.execution.state == .destroyingEnvironment)
        #expect(scene.actions.last == .killWorker)
        try end(&scene, WorkerExit(signal: 9))
        #expect(scene.history[0].members["result"]?["msg"] == "RE Worker environment was destroyed")
        #expect(scene.history[0].members["result"]?["run_uids"] == [])
        #expect(scene.execution.isAutostartEnabled)
    }

    @Test func `a plan that ends while the environment is being destroyed starts no other`() throws {
        var scene = try Scene("ab")
        try scene.start()
        try scene.apply { try $0.destroyEnvironment() }
        try scene.finish(.completed)
        #expect(scene.execution.state == .destroyingEnvironment)
        #expect(scene.execution.running == nil)
        try end(&scene, WorkerExit(signal: 9))
        #expect(scene.outcomes == "a:completed")
        #expect(scene.names == "b")
    }

    @Test func `the environment cannot be closed while a plan runs`() throws {
        var scene = try Scene("a")
        try scene.start()
        #expect(throws: Refusal.state("Queue execution is in progress.")) {
            try scene.apply { try $0.closeEnvironment() }
        }
    }

    @Test func `a new manager carries on with the plan of the worker that it finds`() throws {
        var scene = try Scene("ab")
        try scene.start()
        let stored = try #require(scene.execution.running)
        var heir = Execution(storedItem: RunningItem(stored: .object(stored.members)))
        var state = WorkerState()
        state.environment = .executingPlan
        state.engine = "running"
        state.runningItem = "uid-a"
        _ = heir.workerConnected(state, at: 0)
        #expect(heir.state == .executingQueue)
        #expect(heir.running == stored)
        state.engine = "paused"
        heir = Execution(storedItem: stored)
        _ = heir.workerConnected(state, at: 0)
        #expect(heir.state == .paused)
    }

    @Test func `a plan that was stored but never sent is sent by the new manager, and the queue goes on`() throws {
        var scene = try Scene("ab")
        try scene.start()
        let stored = try #require(scene.execution.running)
        scene.execution = Execution(storedItem: stored)
        scene.actions = []
        var state = WorkerState()
        state.environment = .idle
        state.engine = "idle"
        try scene.apply { $0.workerConnected(state, at: 0) }
        try scene.apply { $0.runningItemUnsent() }
        #expect(scene.actions.last == .send(.runPlan(item: stored.members)))
        #expect(scene.execution.state == .startingQueue)
        try scene.worker("running", .executingPlan, item: "uid-a")
        #expect(scene.execution.state == .executingQueue)
        let queue = scene.queue
        try scene.apply {
            $0.planFinished(PlanResult(itemUID: "uid-a", exitStatus: .completed), queue: queue, at: 2)
        }
        #expect(scene.execution.running?.item.uid == "uid-b")
    }

    @Test func `a plan that no worker knows of any more is recorded as unknown`() throws {
        var scene = try Scene("ab")
        try scene.start()
        scene.execution = Execution(storedItem: scene.execution.running)
        let queue = scene.queue
        try scene.apply { $0.runningItemLost(queue: queue, at: 3) }
        #expect(scene.outcomes == "a:unknown")
        #expect(scene.names == "b")
        #expect(scene.execution.running == nil)
    }

    private func end(_ scene: inout Scene, _ exit: WorkerExit) throws {
        let queue = scene.queue
        try scene.apply { $0.workerExited(exit, queue: queue, at: 5) }
    }
}
