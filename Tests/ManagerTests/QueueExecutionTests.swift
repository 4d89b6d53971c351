import QueueStore
import SupervisorLink
import Testing
import Wire
import WorkerLink

@testable import Manager

@Suite struct QueueExecutionTests {
    @Test func `plans run one after the other and the state is never idle between them`() throws {
        var scene = try Scene("abc")
        try scene.start()
        #expect(scene.execution.state == .executingQueue)
        for remaining in ["bc", "c", ""] {
            #expect(scene.names == remaining)
            try scene.finish(.completed)
            if !remaining.isEmpty { #expect(scene.execution.state == .executingQueue) }
        }
        #expect(scene.execution.state == .idle)
        #expect(scene.outcomes == "a:completed b:completed c:completed")
    }

    @Test func `the end of a plan and the start of the next one are one step`() throws {
        var scene = try Scene("ab")
        try scene.start()
        let result = PlanResult(itemUID: "uid-a", exitStatus: .completed)
        let step = scene.execution.planFinished(result, queue: scene.queue, at: 2)
        #expect(step.changes.contains(.remove(uid: "uid-b")))
        #expect(step.changes.count == 4)
        guard case .send(.runPlan(let item, _)) = step.actions.first else {
            Issue.record("the next plan was not sent")
            return
        }
        #expect(item["name"] == "b")
    }

    @Test func `the start of the queue and of its first plan are one step`() throws {
        var scene = try Scene("ab")
        let step = try scene.execution.startQueue(scene.queue, at: 1)
        let running = try #require(scene.execution.running)
        #expect(step.changes == [.remove(uid: "uid-a"), .set(.runningItem, .object(running.members))])
        #expect(step.actions == [.send(.runPlan(item: running.members))])
    }

    @Test func `an item that is executed at once is stored with the request`() throws {
        var scene = try Scene("ab")
        let item = QueueItem(uid: "uid-x", members: ["name": "x", "item_type": "plan"])
        let step = try scene.execution.execute(item, at: 1)
        let running = try #require(scene.execution.running)
        #expect(step.changes == [.set(.runningItem, .object(running.members))])
        #expect(step.actions == [.send(.runPlan(item: running.members))])
        #expect(scene.execution.state == .startingQueue)
    }

    @Test(arguments: ["a", "ab"])
    func `in a loop too the end of a plan and the start of the next one are one step`(plans: String) throws {
        var scene = try Scene(plans)
        scene.execution.mode.loop = true
        try scene.start()
        let result = PlanResult(itemUID: "uid-a", exitStatus: .completed)
        let step = scene.execution.planFinished(result, queue: scene.queue, at: 2)
        scene.queue.apply(step.changes)
        #expect(scene.execution.running?.item.name == String(plans.last ?? "a"))
        #expect(scene.names == String(plans.dropLast()))
        guard case .send(.runPlan) = step.actions.first else {
            Issue.record("the next plan was not sent")
            return
        }
    }

    @Test func `instructions in a loop go to the back like plans`() throws {
        var scene = try Scene("a")
        scene.add("S", type: "instruction")
        scene.add("b")
        scene.execution.mode.loop = true
        try scene.start()
        try scene.finish(.completed)
        #expect(scene.execution.state == .idle)
        #expect(scene.names == "baS")
    }

    @Test func `nothing is started before the item of a former manager has its outcome`() throws {
        var scene = try Scene("b")
        let item = QueueItem(uid: "uid-a", members: ["name": "a", "item_type": "plan"])
        scene.execution = Execution(storedItem: RunningItem(item: item, timeStart: 1))
        scene.execution.setAutostart(true)
        // The worker has ended the plan; its report is on the way.
        var worker = WorkerState()
        worker.environment = .idle
        worker.engine = "idle"
        try scene.apply { $0.workerConnected(worker, at: 2) }
        #expect(scene.execution.state == .idle)
        #expect(!scene.execution.shouldAutostart(scene.queue))
        #expect(throws: Refusal.state("RE Manager is busy.")) { try scene.startQueue() }
        try scene.finish(.completed)
        #expect(scene.outcomes == "a:completed")
        #expect(scene.execution.running?.item.uid == "uid-b")
    }

    @Test func `an empty queue can be started and is idle at once`() throws {
        var scene = try Scene()
        try scene.start()
        #expect(scene.execution.state == .idle)
    }

    @Test(arguments: [PlanResult.ExitStatus.failed, .aborted, .halted])
    func `a plan that did not complete goes back to the front with its result and the queue stops`(
        status: PlanResult.ExitStatus
    ) throws {
        var scene = try Scene("ab")
        scene.execution.setAutostart(true)
        try scene.start()
        try scene.finish(status, message: "why")
        #expect(scene.execution.state == .idle)
        #expect(!scene.execution.isAutostartEnabled)
        #expect(scene.names == "ab")
        #expect(scene.queue[0].uid != "uid-a")
        #expect(scene.queue[0].members["result"]?["msg"] == "why")
        #expect(scene.outcomes == "a:\(status.rawValue)")
        #expect(scene.history[0].members["properties"] == nil)
    }

    @Test func `a stopped plan is recorded only`() throws {
        var scene = try Scene("ab")
        try scene.start()
        try scene.finish(.stopped)
        #expect(scene.names == "b")
        #expect(scene.execution.state == .idle)
        #expect(scene.outcomes == "a:stopped")
    }

    @Test func `failures can be ignored`() throws {
        var scene = try Scene("ab")
        scene.execution.mode.ignoreFailures = true
        try scene.start()
        try scene.finish(.failed)
        #expect(scene.execution.running?.item.name == "b")
        #expect(scene.outcomes == "a:failed")
    }

    @Test func `in loop mode plans go round with new UIDs`() throws {
        var scene = try Scene("ab")
        scene.execution.mode.loop = true
        try scene.start()
        try scene.finish(.completed)
        #expect(scene.execution.running?.item.name == "b")
        #expect(scene.names == "a")
        #expect(scene.queue[0].uid != "uid-a")
        try scene.takePlan()
        try scene.finish(.stopped)
        #expect(scene.names == "ab")
        #expect(scene.execution.state == .idle)
    }

    @Test func `a stop lets the running plan end and switches autostart off`() throws {
        var scene = try Scene("ab")
        scene.execution.setAutostart(true)
        try scene.start()
        try scene.execution.stopQueue()
        #expect(scene.execution.isStopPending)
        try scene.finish(.completed)
        #expect(scene.execution.state == .idle)
        #expect(!scene.execution.isStopPending)
        #expect(!scene.execution.isAutostartEnabled)
        #expect(scene.names == "b")
    }

    @Test func `a stop can be cancelled`() throws {
        var scene = try Scene("ab")
        try scene.start()
        try scene.execution.stopQueue()
        scene.execution.cancelStop()
        try scene.finish(.completed)
        #expect(scene.execution.running?.item.name == "b")
    }

    @Test func `the instruction queue_stop stops the queue and is not recorded`() throws {
        var scene = try Scene("a")
        scene.add("S", type: "instruction")
        scene.add("b")
        try scene.start()
        try scene.finish(.completed)
        #expect(scene.execution.state == .idle)
        #expect(scene.names == "b")
        #expect(scene.outcomes == "a:completed")
    }

    @Test func `a plan that the worker refuses has failed`() throws {
        var scene = try Scene("ab")
        try scene.startQueue()
        let (running, queue) = (try #require(scene.execution.running), scene.queue)
        try scene.apply {
            $0.workerAnswered(.runPlan(item: running.members), .refused(reason: "no"), queue: queue, at: 0)
        }
        #expect(scene.outcomes == "a:failed")
        #expect(scene.names == "ab")
        #expect(scene.execution.state == .idle)
    }

    @Test func `a result of another item changes nothing`() throws {
        var scene = try Scene("ab")
        try scene.start()
        let before = scene.execution
        let queue = scene.queue
        try scene.apply {
            $0.planFinished(PlanResult(itemUID: "other", exitStatus: .completed), queue: queue, at: 0)
        }
        #expect(scene.execution == before)
        #expect(scene.history.isEmpty)
    }
}
