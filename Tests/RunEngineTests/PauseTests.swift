import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct PauseTests {
    let det = InstantDetector()
    let motor = ManualMotor()

    @Test func `After a pause the events since the checkpoint are taken again with the same numbers`() async throws {
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.withRun {
                try await context.triggerAndRead([det])
                try await context.checkpoint()
                try await context.triggerAndRead([det])
                try await context.triggerAndRead([det])
                try await context.pause()
                try await context.triggerAndRead([det])
            }
        }
        #expect(harness.documents.events.map(\.seqNum) == [1, 2, 3])
        try harness.engine.resume()
        let outcome = try await call.value
        #expect(harness.documents.events.map(\.seqNum) == [1, 2, 3, 2, 3, 4])
        #expect(Set(harness.documents.events.map(\.uid)).count == 6)
        #expect(harness.documents.stops.first?.numEvents == ["primary": 4])
        #expect(outcome.ending.word == "completed")
        #expect(!outcome.isInterrupted)
        #expect(harness.stateHistory == "running>pausing>paused>running>idle")
    }

    @Test func `A pause interrupts a sleep at once, and the resumed plan sleeps again`() async throws {
        let messages = Log<String>()
        let sleeper = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = sleeper.start { context in
            try await context.checkpoint()
            try await context.sleep(3600)
        }
        await messages.contains("sleep")
        try sleeper.engine.requestPause()
        await sleeper.states.contains(.paused)
        messages.clear()
        try sleeper.engine.resume()
        await messages.contains("sleep")
        try sleeper.engine.stop()
        #expect(try await call.value.ending.word == "stopped")
        #expect(sleeper.stateHistory == "running>pausing>paused>running>stopping>idle")
    }

    @Test func `A message that a pause interrupted is answered with null`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let answers = Log<String>()
        let call = harness.start { context in
            try await context.set(motor, 1, group: "g")
            answers.append("\(try await context.send(.wait(Wait("g"))))")
        }
        await messages.contains("wait")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        #expect(motor.log == ["set 1", "stop", "pause"])
        messages.clear()
        try harness.engine.resume()
        await messages.contains("wait")
        #expect(motor.log == ["set 1", "stop", "pause", "resume", "set 1"])
        motor.arrive()
        #expect(try await call.value.ending.word == "completed")
        #expect(answers.elements == ["null"])
    }

    @Test func `An event that was open at the pause is begun anew`() async throws {
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.openRun()
            try await context.create()
            try await context.read(det)
            try await context.pause()
            try await context.save()
            try await context.closeRun()
        }
        try harness.engine.resume()
        #expect(try await call.value.exitStatus == .success)
        #expect(harness.documents.events.map(\.seqNum) == [1])
    }

    @Test func `A second pause within the replay loses nothing`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try await context.openRun()
            try await context.checkpoint()
            try await context.triggerAndRead([det])
            try await context.sleep(3600)
            try await context.triggerAndRead([det])
            try await context.closeRun()
        }
        for _ in 1...3 {
            await messages.contains("sleep")
            try harness.engine.requestPause()
            await harness.states.contains(.paused)
            messages.clear()
            harness.states.clear()
            try harness.engine.resume()
        }
        await messages.contains("sleep")
        #expect(harness.documents.events.map(\.seqNum) == [1, 1, 1, 1])
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
    }

    @Test func `A deferred pause waits for the checkpoint and repeats nothing`() async throws {
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.openRun()
            try await context.deferredPause()
            try await context.triggerAndRead([det])
            try await context.checkpoint()
            try await context.triggerAndRead([det])
            try await context.closeRun()
        }
        #expect(harness.documents.events.map(\.seqNum) == [1])
        #expect(!harness.engine.isDeferredPauseRequested)
        try harness.engine.resume()
        #expect(try await call.value.exitStatus == .success)
        #expect(harness.documents.events.map(\.seqNum) == [1, 2])
    }

    @Test func `A deferred pause that meets no checkpoint lets the plan go to its end`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.deferredPause()
            try await context.null()
        }
        #expect(outcome.ending.word == "completed")
        #expect(harness.engine.isDeferredPauseRequested)
        _ = try await harness.run { _ in }
        #expect(!harness.engine.isDeferredPauseRequested)
    }

    @Test func `A pause after clear_checkpoint aborts the plan, which still cleans up`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.openRun()
            try await context.clearCheckpoint()
            try await context.checkpoint()
            try await context.finalize {
                try await context.pause()
                Issue.record("The plan went on")
            } final: {
                _ = try await context.set(motor, 7)
            }
        }
        #expect(outcome.error is FailedPause)
        #expect(outcome.exitStatus == .abort)
        #expect(motor.log.first == "set 7")
        #expect(harness.documents.stops.map(\.exitStatus) == [.abort])
        #expect(harness.documents.stops.map(\.reason) == [""])
        #expect(harness.stateHistory == "running>pausing>aborting>idle")
    }

    @Test func `Without rewinding the plan goes on with the next message`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try await context.send(.rewindable(false))
            try await context.null()
            try await context.sleep(3600)
            try await context.null()
        }
        await messages.contains("sleep")
        try harness.engine.requestPause()
        await harness.states.contains(.paused)
        try harness.engine.resume()
        #expect(try await call.value.ending.word == "completed")
        #expect(messages.elements == ["rewindable", "null", "sleep", "null"])
        // The setting outlives the call.
        messages.clear()
        let again = try await harness.run { context in
            let response = try await context.send(.rewindable(nil))
            #expect(response.bool == false)
            try await context.send(.rewindable(true))
        }
        #expect(again.exitStatus == .success)
    }

    @Test func `Staging and closing a run act as checkpoints`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = await harness.pause { context in
            try await context.null()
            try await context.stageAll([motor])
            try await context.openRun()
            try await context.closeRun()
            try await context.pause()
        }
        messages.clear()
        try harness.engine.resume()
        let outcome = try await call.value
        #expect(outcome.ending.word == "completed")
        #expect(messages.elements == [])
    }

    @Test func `A device that cannot be resumed leaves the plan paused`() async throws {
        let harness = EngineHarness()
        motor.failResume(1)
        let call = await harness.pause { context in
            try await context.set(motor, 1)
            try await context.pause()
        }
        try harness.engine.resume()
        await harness.reports.contains(
            "A device could not be resumed, the plan stays paused: manual: it does not wake up"
        )
        #expect(harness.engine.state == .paused)
        while (try? harness.engine.resume()) == nil { await Task.yield() }
        #expect(try await call.value.ending.word == "completed")
        #expect(motor.log == ["set 1", "stop", "pause", "resume", "resume", "set 1", "stop"])
    }

    @Test func `A device that forbids replay is a checkpoint`() async throws {
        final class OneWay: Pausable, Triggerable {
            let name = "oneway"
            let triggers = Log<Int>()
            func trigger() -> Status {
                triggers.append(1)
                return .finished
            }
            func pause() throws { throw NoReplayAllowed() }
            func resume() {}
        }
        let device = OneWay()
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.trigger(device)
            try await context.pause()
        }
        try harness.engine.resume()
        #expect(try await call.value.ending.word == "completed")
        #expect(device.triggers.elements.count == 1)
    }
}
