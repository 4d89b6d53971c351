import Testing
import Wire
import WorkerLink

@testable import Manager

@Suite struct PauseTests {
    /// A paused plan.
    private func paused() throws -> Scene {
        var scene = try Scene("ab")
        try scene.start()
        try scene.apply { try $0.pause(deferred: true) }
        #expect(scene.execution.isPausePending)
        try scene.worker("paused", .idle, item: "uid-a")
        return scene
    }

    @Test func `a pause is pending until the engine has paused`() throws {
        let scene = try paused()
        #expect(scene.execution.state == .paused)
        #expect(!scene.execution.isPausePending)
        #expect(scene.actions.last == .send(.pause(deferred: true)))
    }

    @Test(arguments: [WorkerCommand.resume, .stop, .abort, .halt])
    func `leaving the pause executes the queue again at once`(command: WorkerCommand) throws {
        var scene = try paused()
        try scene.apply { try $0.leavePause(command) }
        #expect(scene.execution.state == .executingQueue)
        #expect(scene.actions.last == .send(command))
        // A message that the worker sent before it got the command is old news.
        try scene.worker("paused", .idle, item: "uid-a")
        #expect(scene.execution.state == .executingQueue)
    }

    @Test func `a resumed plan can be paused again`() throws {
        var scene = try paused()
        try scene.apply { try $0.leavePause(.resume) }
        let queue = scene.queue
        try scene.apply { $0.workerAnswered(.resume, .accepted([:]), queue: queue, at: 0) }
        try scene.worker("running", .executingPlan, item: "uid-a")
        try scene.apply { try $0.pause(deferred: false) }
        try scene.worker("paused", .idle, item: "uid-a")
        #expect(scene.execution.state == .paused)
    }

    @Test func `a deferred pause that was never reached stops the queue and keeps autostart`() throws {
        var scene = try Scene("ab")
        scene.execution.setAutostart(true)
        try scene.start()
        try scene.apply { try $0.pause(deferred: true) }
        try scene.finish(.completed)
        #expect(scene.execution.state == .idle)
        #expect(!scene.execution.isPausePending)
        #expect(scene.execution.isAutostartEnabled)
        #expect(scene.names == "b")
    }

    @Test func `requests that make no sense now say which state is in the way`() throws {
        var scene = try Scene("a", isOpen: false)
        #expect(throws: Refusal.state("Environment does not exist. Can not pause Run Engine.")) {
            try scene.apply { try $0.pause(deferred: true) }
        }
        #expect(throws: Refusal.state("RE Manager is not paused: current state is 'idle'")) {
            try scene.apply { try $0.leavePause(.resume) }
        }
        scene = try Scene("a")
        #expect(throws: Refusal.state("Run engine can be paused only in 'running' state. Current state: 'idle'")) {
            try scene.apply { try $0.pause(deferred: true) }
        }
    }
}
