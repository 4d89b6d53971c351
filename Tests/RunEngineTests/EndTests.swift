import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

/// Stop, abort and halt, from a plan that runs and from one that is paused.
struct EndTests {
    enum Request: String, CaseIterable, Sendable {
        case stop, abort, halt

        func send(to engine: RunEngine) throws {
            switch self {
            case .stop: try engine.stop()
            case .abort: try engine.abort(reason: "enough")
            case .halt: try engine.halt()
            }
        }

        var state: String { self == .stop ? "stopping" : self == .abort ? "aborting" : "halting" }
        var ending: String { self == .stop ? "stopped" : self == .abort ? "aborted" : "halted" }
        var exitStatus: EventModel.ExitStatus { self == .stop ? .success : .abort }
        /// The reason in the stop document of a run that the engine closes.
        var reason: String { self == .abort ? "enough" : "" }
    }

    let motor = ManualMotor()

    private func plan(_ log: Log<String>) -> @Sendable (PlanContext) async throws -> Void {
        { context in
            try await context.openRun()
            try await context.stageAll([motor])
            try await context.finalize {
                try await context.set(motor, 1)
                try await context.sleep(3600)
            } final: {
                log.append("clean")
                try await context.null()
                log.append("cleaned")
            }
        }
    }

    @Test(arguments: Request.allCases)
    func `While the plan runs`(_ request: Request) async throws {
        let messages = Log<String>()
        let log = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start(plan(log))
        await messages.contains("sleep")
        try request.send(to: harness.engine)
        let outcome = try await call.value
        #expect(outcome.ending.word == request.ending)
        #expect(outcome.isInterrupted)
        #expect(harness.stateHistory == "running>\(request.state)>idle")
        expect(harness, outcome, request, log)
        #expect(motor.log == ["stage", "set 1", "stop", "unstage"])
    }

    @Test(arguments: Request.allCases)
    func `While the plan is paused`(_ request: Request) async throws {
        let messages = Log<String>()
        let log = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start(plan(log))
        await messages.contains("sleep")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try request.send(to: harness.engine)
        let outcome = try await call.value
        #expect(outcome.ending.word == request.ending)
        #expect(harness.stateHistory == "running>pausing>paused>\(request.state)>idle")
        expect(harness, outcome, request, log)
    }

    private func expect(_ harness: EngineHarness, _ outcome: RunOutcome, _ request: Request, _ log: Log<String>) {
        #expect(outcome.exitStatus == request.exitStatus)
        #expect(log.elements == (request == .halt ? [] : ["clean", "cleaned"]))
        #expect(harness.documents.stops.map(\.exitStatus) == [request.exitStatus])
        #expect(harness.documents.stops.map(\.reason) == [request.reason])
    }

    @Test(arguments: Request.allCases)
    func `A run around the plan is closed as it was asked to end`(_ request: Request) async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try await context.withRun { try await context.sleep(3600) }
        }
        await messages.contains("sleep")
        try request.send(to: harness.engine)
        _ = try await call.value
        #expect(harness.documents.stops.map(\.exitStatus) == [request.exitStatus])
        #expect(harness.documents.stops.map(\.reason) == [""])
        #expect(messages.elements.contains("close_run") == (request != .halt))
    }

    @Test func `After a halt nothing that the plan sends is carried out`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let refusals = Log<Bool>()
        let call = harness.start { context in
            try? await context.sleep(3600)
            for _ in 1...3 {
                do { try await context.set(motor, 9) } catch { refusals.append(error is PlanHalt) }
            }
            try? await context.null()
        }
        await messages.contains("sleep")
        try harness.engine.halt()
        #expect(try await call.value.ending.word == "halted")
        #expect(refusals.elements == [true, true, true])
        #expect(motor.log.isEmpty)
        #expect(messages.elements == ["sleep"])
    }

    @Test func `A plan that ignores an abort goes to its end and counts as aborted`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try? await context.sleep(3600)
            try await context.null()
        }
        await messages.contains("sleep")
        try harness.engine.abort()
        let outcome = try await call.value
        #expect(outcome.ending.word == "aborted")
        #expect(outcome.exitStatus == .success)
        #expect(messages.elements == ["sleep", "null"])
    }

    @Test func `Cleanup that throws makes the call fail`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try await context.finalize {
                try await context.sleep(3600)
            } final: {
                throw TestError()
            }
        }
        await messages.contains("sleep")
        try harness.engine.abort()
        let outcome = try await call.value
        #expect(outcome.error as? TestError == TestError())
        #expect(outcome.exitStatus == .fail)
    }

    @Test func `Cancelling the task aborts the plan`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in try await context.sleep(3600) }
        await messages.contains("sleep")
        call.cancel()
        #expect(try await call.value.ending.word == "aborted")
        #expect(harness.engine.state == .idle)
    }

    @Test func `An engine that is not idle refuses another plan`() async throws {
        let harness = EngineHarness()
        let refusals = Log<String>()
        let engine = harness.engine
        _ = try await harness.run { _ in
            do { _ = try await engine.run(Plan("inner") { _ in }) } catch { refusals.append("\(error)") }
        }
        #expect(refusals.elements == ["The RunEngine is in a running state"])
    }

    @Test func `An engine that panicked refuses everything`() async throws {
        let engine = RunEngine()
        engine.panic()
        #expect(engine.state == .panicked)
        await #expect(throws: TransitionError.self) { _ = try await engine.run(Plan("x") { _ in }) }
        #expect(throws: TransitionError.self) { try engine.requestPause() }
        #expect(throws: TransitionError.self) { try engine.halt() }
    }

    @Test func `A context is of no use after its call`() async throws {
        final class Smuggler: @unchecked Sendable {  // Only ever used by one task at a time.
            var context: PlanContext?
        }
        let smuggler = Smuggler()
        let harness = EngineHarness()
        _ = try await harness.run { context in smuggler.context = context }
        let second = await harness.pause { context in try await context.pause() }
        await #expect(throws: IllegalMessageSequence.self) { try await smuggler.context?.null() }
        try harness.engine.stop()
        _ = try await second.value
    }
}
