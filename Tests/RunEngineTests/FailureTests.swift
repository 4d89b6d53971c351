import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

/// What happens when something that a device began fails.
struct FailureTests {
    let motor = ManualMotor()

    @Test func `The first failure ends a wait at once`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let slow = ManualMotor("slow")
        let call = harness.start { context in
            try await context.set(slow, 1, group: "g")
            try await context.set(motor, 1, group: "g")
            try await context.wait("g")
        }
        await messages.contains("wait")
        motor.fail(TestError())
        let outcome = try await call.value
        #expect(outcome.exitStatus == .fail)
        #expect(outcome.reason == "manual failed: something broke")
        #expect((outcome.error as? FailedStatus)?.status.error as? TestError == TestError())
    }

    @Test func `A status that has failed when it is returned fails its message`() async throws {
        final class Stuck: Movable {
            let name = "stuck"
            func set(_ setpoint: JSONValue) -> Status { .failed(TestError(), name: name) }
        }
        let harness = EngineHarness()
        let steps = Log<String>()
        let outcome = try await harness.run { context in
            do {
                try await context.set(Stuck(), 1, group: "g")
                steps.append("set")
            } catch is FailedStatus {
                steps.append("failed")
            }
            // The failure has been told; waiting for it does not tell it again.
            steps.append("\(try await context.wait("g"))")
        }
        #expect(steps.elements == ["failed", "true"])
        #expect(outcome.exitStatus == .success)
    }

    @Test func `A failure outside a wait lets a sleep go on and then fails it`() async throws {
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let steps = Log<String>()
        let call = harness.start { context in
            try await context.set(motor, 1)
            do { try await context.sleep(0.05) } catch is FailedStatus { steps.append("sleep failed") }
            try await context.null()
            steps.append("went on")
        }
        await messages.contains("sleep")
        motor.fail(TestError())
        #expect(try await call.value.ending.word == "completed")
        #expect(steps.elements == ["sleep failed", "went on"])
    }

    @Test func `A failure while the plan is paused is told when it is resumed`() async throws {
        final class Silent: Movable {
            let name = "silent"
            let status = Status(name: "silent")
            func set(_ setpoint: JSONValue) -> Status { status }
        }
        let device = Silent()
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.set(device, 1)
            try await context.pause()
        }
        device.status.fail(TestError())
        try harness.engine.resume()
        #expect(try await call.value.error is FailedStatus)
    }

    @Test func `An abort counts more than a failure before it`() async throws {
        final class Silent: Movable {
            let name = "silent"
            let status = Status(name: "silent")
            func set(_ setpoint: JSONValue) -> Status { status }
        }
        let device = Silent()
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.set(device, 1)
            try await context.pause()
        }
        device.status.fail(TestError())
        try harness.engine.abort()
        #expect(try await call.value.ending.word == "aborted")
    }

    @Test func `Failures after the end of the plan do not count`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in try await context.set(motor, 1) }
        motor.fail(TestError())
        #expect(outcome.exitStatus == .success)
        #expect(try await harness.run { context in try await context.null() }.exitStatus == .success)
    }

    @Test func `What was set is stopped at the end, and what is staged unstaged`() async throws {
        let harness = EngineHarness()
        _ = try await harness.run { context in
            try await context.stageAll([motor])
            try await context.set(motor, 1)
        }
        #expect(motor.log == ["stage", "set 1", "stop", "unstage"])
    }

    @Test func `A wait that takes too long is an error or an answer`() async throws {
        let harness = EngineHarness()
        let answers = Log<Bool>()
        let outcome = try await harness.run { context in
            try await context.set(motor, 1, group: "g")
            answers.append(try await context.wait("g", timeout: 0.01, errorOnTimeout: false))
            // The group can be waited for again.
            try await context.wait("g", timeout: 0.01)
        }
        #expect(answers.elements == [false])
        let error = try #require(outcome.error as? WaitTimeout)
        #expect(error.group == "g")
        #expect(error.pending == ["manual"])
    }

    @Test func `The waiting hook sees the statuses and then nil`() async throws {
        let seen = Log<Int?>()
        let harness = EngineHarness { $0.waitingHook = { seen.append($0?.count) } }
        _ = try await harness.run { context in
            try await context.set(InstantMotor("a"), 1, group: "g")
            try await context.set(InstantMotor("b"), 1, group: "g")
            try await context.wait("g")
            try await context.wait("nobody")
        }
        #expect(seen.elements == [2, nil])
    }
}
