import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct SuspenderTests {
    let beam = ManualSignal("beam", 100)
    let motor = ManualMotor()

    private func suspender(message: String = "") -> Suspender {
        Suspender(beam, .below(50, resumeAbove: 90), message: message)
    }

    @Test func `A plan is held while the signal is bad and goes back to its checkpoint`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        try await harness.engine.install(suspender(message: "call the operator"))
        let call = harness.start { context in
            try await context.checkpoint()
            try await context.set(motor, 1, group: "g")
            try await context.wait("g")
        }
        await messages.contains("wait")
        beam.put(10)
        await messages.contains("wait_for")
        #expect(harness.engine.state == .running)
        #expect(motor.log == ["set 1", "stop", "pause"])
        #expect(harness.engine.justifications.count == 1)
        #expect(
            harness.engine.justifications.first?.hasSuffix("has not yet crossed above 90.0: call the operator") == true
        )
        beam.put(70)
        #expect(!harness.engine.justifications.isEmpty)
        messages.clear()
        beam.put(95)
        await messages.contains("wait")
        #expect(motor.log == ["set 1", "stop", "pause", "resume", "set 1"])
        motor.arrive()
        #expect(try await call.value.ending.word == "completed")
        #expect(harness.stateHistory == "running>suspending>running>idle")
        #expect(harness.engine.justifications.isEmpty)
    }

    @Test func `A plan that is started while the signal is bad waits first`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        beam.put(0)
        try await harness.engine.install(suspender())
        let call = harness.start { context in try await context.null() }
        await messages.contains("wait_for")
        #expect(messages.elements == ["wait_for"])
        beam.put(100)
        #expect(try await call.value.ending.word == "completed")
        #expect(messages.elements == ["wait_for", "null"])
    }

    @Test func `A plan that is paused while it is held is held still when it is resumed`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        try await harness.engine.install(suspender())
        let call = harness.start { context in try await context.sleep(3600) }
        await messages.contains("sleep")
        beam.put(0)
        await messages.contains("wait_for")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        messages.clear()
        try harness.engine.resume()
        await messages.contains("wait_for")
        #expect(!messages.elements.contains("sleep"))
        beam.put(100)
        await messages.contains("sleep")
        try harness.engine.stop()
        #expect(try await call.value.ending.word == "stopped")
    }

    @Test func `A plan that is resumed after the signal went bad waits first`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        try await harness.engine.install(suspender())
        let call = await harness.pause { context in
            try await context.null()
            try await context.pause()
        }
        beam.put(0)
        messages.clear()
        try harness.engine.resume()
        await messages.contains("wait_for")
        #expect(messages.elements == ["wait_for"])
        beam.put(100)
        #expect(try await call.value.ending.word == "completed")
        #expect(messages.elements == ["wait_for", "null"])
    }

    @Test func `A plan that is held can be aborted`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        try await harness.engine.install(suspender())
        let call = harness.start { context in try await context.withRun { try await context.sleep(3600) } }
        await messages.contains("sleep")
        beam.put(0)
        await messages.contains("wait_for")
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
        #expect(harness.documents.stops.map(\.exitStatus) == [.abort])
    }

    @Test func `Where the plan cannot be resumed it cannot be held either, and is aborted`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        try await harness.engine.install(suspender())
        let call = harness.start { context in
            try await context.clearCheckpoint()
            try await context.sleep(3600)
        }
        await messages.contains("sleep")
        beam.put(0)
        let outcome = try await call.value
        #expect(outcome.error is FailedPause)
        #expect(outcome.exitStatus == .abort)
        #expect(outcome.isInterrupted)
        #expect(harness.stateHistory == "running>suspending>aborting>idle")
    }

    @Test func `Plans before and after the wait are carried out, and a suspender that is removed lets go`() async throws
    {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let suspender = Suspender(
            beam,
            .below(50),
            prePlan: Plan("close") { try await $0.beginAndDrop("before") },
            postPlan: Plan("open") { try await $0.beginAndDrop("after") }
        )
        try await harness.engine.install(suspender)
        let call = harness.start { context in
            try await context.checkpoint()
            try await context.sleep(3600)
        }
        await messages.contains("sleep")
        messages.clear()
        beam.put(0)
        await messages.contains("wait_for")
        harness.engine.remove(suspender)
        await messages.contains("sleep")
        let around = ["open_run", "create", "drop", "close_run"]
        #expect(messages.elements == around + ["wait_for"] + around + ["sleep"])
        try harness.engine.stop()
        _ = try await call.value
        #expect(!beam.isHeard)
    }

    @Test func `A suspender can be part of a plan`() async throws {
        let harness = EngineHarness()
        let suspender = suspender()
        _ = try await harness.run { context in
            try await context.withSuspenders([suspender]) {
                #expect(beam.isHeard)
                try await context.null()
            }
        }
        #expect(!beam.isHeard)
    }

    @Test(
        arguments: [
            (.high, [(true, true), (1, true), (false, false), (0, false)]),
            (.low, [(true, false), (0, true)]),
            (.below(5, resumeAbove: 7), [(6, false), (4, true), (6, true), (7.5, false), (nil, true)]),
            (.above(5, resumeBelow: 3), [(4, false), (6, true), (4, true), (2, false)]),
            (.outside(1, 3), [(2, false), (3, true), (0, true), (1.5, false)]),
            (.inside(1, 3), [(0, false), (2, true), (3, false)]),
            (.changed(from: 1), [(1, false), (2, true), (1, true)]),
            (.changed(from: 1, allowsResume: true), [(2, true), (1, false)]),
        ] as [(SuspensionRule, [(JSONValue, Bool)])]
    )
    func `Each rule trips and lets go where it should`(
        _ rule: SuspensionRule,
        _ steps: [(value: JSONValue, trips: Bool)]
    ) async throws {
        let engine = RunEngine()
        let signal = ManualSignal("s", steps.first?.value ?? 0)
        let suspender = Suspender(signal, rule)
        try await engine.install(suspender)
        for (value, trips) in steps {
            signal.put(value)
            #expect(suspender.isTripped == trips, "at \(value.encodedText)")
        }
    }
}

extension PlanContext {
    /// Two messages that leave no trace.
    fileprivate func beginAndDrop(_ stream: String) async throws {
        try await openRun()
        try await create(stream)
        try await drop()
        try await closeRun()
    }
}
