import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct EventTests {
    let det = InstantDetector()
    let other = InstantDetector("other")

    private func error(
        of body: @escaping @Sendable (PlanContext) async throws -> Void
    ) async throws -> (any Error)? {
        try await EngineHarness().run(body).error
    }

    @Test func `Messages about a run need an open run`() async throws {
        for command in [Command.create(stream: "x"), .save, .drop, .closeRun(exitStatus: nil, reason: nil)] {
            let error = try await error { context in try await context.send(command) }
            #expect(error is IllegalMessageSequence)
        }
    }

    @Test func `A run cannot be opened twice`() async throws {
        let error = try await error { context in
            try await context.openRun()
            try await context.openRun()
        }
        #expect("\(error as Any)".contains("A 'close_run' message was not received"))
    }

    @Test func `An event cannot begin in another one, nor be saved before it begins`() async throws {
        let nested = try await error { context in
            try await context.openRun()
            try await context.create()
            try await context.create()
        }
        #expect(nested is IllegalMessageSequence)
        let unborn = try await error { context in
            try await context.openRun()
            try await context.save()
        }
        #expect(unborn is IllegalMessageSequence)
    }

    @Test func `A checkpoint within an event is refused`() async throws {
        let error = try await error { context in
            try await context.openRun()
            try await context.create()
            try await context.checkpoint()
        }
        #expect("\(error as Any)".contains("Cannot 'checkpoint' after 'create' and before 'save'"))
    }

    @Test func `An event without readings is none, and a dropped one neither`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.openRun()
            try await context.create()
            try await context.save()
            try await context.create()
            try await context.read(det)
            try await context.drop()
            try await context.closeRun()
        }
        #expect(outcome.exitStatus == .success)
        #expect(harness.documents.names == ["start", "stop"])
    }

    @Test func `The events of a stream are made of the same devices, in any order`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.withRun {
                try await context.triggerAndRead([det, other])
                try await context.triggerAndRead([other, det])
                try await context.triggerAndRead([det])
            }
        }
        #expect("\(outcome.error as Any)".contains("Mismatched objects read"))
        #expect(harness.documents.events.count == 2)
        #expect(harness.documents.descriptors.count == 1)
    }

    @Test func `Devices with the same data key do not fit into one event`() async throws {
        let twin = InstantDetector()
        let error = try await error { context in
            try await context.withRun { try await context.triggerAndRead([det, twin]) }
        }
        #expect(error is ReadingError)
        let twice = try await self.error { context in
            try await context.openRun()
            try await context.create()
            try await context.read(det)
            try await context.read(det)
        }
        #expect(twice is ReadingError)
    }

    @Test func `Readings must have the keys that were described`() async throws {
        final class Liar: Readable {
            let name = "liar"
            func read() -> Readings { ["lie": Reading(1)] }
            func describe() -> DataKeys { ["truth": DataKey(source: "SIM", dtype: .number)] }
        }
        let error = try await error { context in
            try await context.withRun { try await context.triggerAndRead([Liar()]) }
        }
        #expect(error is ReadingError)
    }

    @Test func `Reading outside an event just reads`() async throws {
        let harness = EngineHarness()
        _ = try await harness.run { context in
            let readings = try await context.read(det)
            #expect(readings["det"]?.value == 0.0)
        }
        #expect(harness.documents.documents.isEmpty)
    }

    @Test func `Unknown commands are refused and registered ones carried out`() async throws {
        let harness = EngineHarness { configuration in
            configuration.commands["double"] = { command in
                .value(.integer(2 * (command.arguments["x"]?.integer ?? 0)))
            }
        }
        let outcome = try await harness.run { context in
            let response = try await context.send(.custom(CustomCommand("double", arguments: ["x": 21])))
            guard case .value(42) = response else { throw TestError() }
            try await context.send(.custom(CustomCommand("triple")))
        }
        #expect(outcome.error as? InvalidCommand == InvalidCommand(name: "triple"))
    }
}
