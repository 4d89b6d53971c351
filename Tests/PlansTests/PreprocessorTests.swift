import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct PreprocessorTests {
    let det = InstantDetector()
    let m1 = InstantMotor("m1", at: 10)

    private func record(_ body: (PlanContext) async throws -> Void) async throws -> [MessageRecord] {
        let recorder = PlanRecorder()
        try await body(recorder)
        return recorder.records
    }

    @Test func `Relative moves count from the first position, not from the last`() async throws {
        let records = try await record { context in
            try await context.withRelativeMoves { inner in
                try await inner.mv(m1, 1)
                try await inner.mv(m1, 2)
            }
        }
        #expect(records.filter { $0.command == "set" }.map { $0.arguments } == [[11.0], [12.0]])
    }

    @Test func `Only the devices that are named move relative to where they are`() async throws {
        let other = InstantMotor("other", at: 5)
        let records = try await record { context in
            _ = try await context.withRelativeMoves(of: [m1]) { inner in
                _ = try await inner.mv([Move(m1, 1), Move(other, 1)])
            }
        }
        #expect(records.filter { $0.command == "set" }.map { $0.arguments } == [[11.0], [1]])
    }

    @Test func `Positions are restored after a failure`() async throws {
        let engine = RunEngine()
        let outcome = try await engine.run(
            Plan("x") { context in
                try await context.withPositionsRestored { inner in
                    try await inner.mv(m1, 3)
                    throw TestError()
                }
            }
        )
        #expect(outcome.error is TestError)
        #expect(m1.position == 10)
    }

    @Test func `A relative move needs a number`() async throws {
        await #expect(throws: PlanError.self) {
            _ = try await record { context in try await context.mvr(m1, "far") }
        }
    }

    @Test func `A device is staged when it is first used and unstaged at the end`() async throws {
        let records = try await record { context in
            try await context.withLazyStaging { inner in
                try await inner.mv(m1, 3)
                try await inner.triggerAndRead([det])
                try await inner.mv(m1, 4)
            }
        }
        let staging = records.filter { $0.command.hasSuffix("stage") }
        #expect(
            staging.map { "\($0.command) \($0.device ?? "")" } == [
                "stage m1", "stage det", "unstage det", "unstage m1",
            ]
        )
        #expect(records.first?.command == "stage")
    }

    @Test func `A plan as a stub has no run and no staging and gives its metadata`() async throws {
        let recorder = PlanRecorder()
        let metadata = try await recorder.asStub { inner in
            try await count([det], metadata: ["purpose": "dark"])(inner)
        }
        #expect(metadata["purpose"] == "dark")
        #expect(Set(recorder.records.map(\.command)).isDisjoint(with: ["open_run", "close_run", "stage", "unstage"]))
        #expect(recorder.records.contains { $0.command == "read" })
    }

    @Test func `Injected metadata win and a run key is given to messages without one`() async throws {
        let plan = try count([det], metadata: ["a": 1, "b": 1]).withMetadata(["b": 2]).withRunKey("outer")
        let records = try await record { try await plan($0) }
        let start = try #require(records.first { $0.command == "open_run" })
        #expect(start.keywords["a"] == 1)
        #expect(start.keywords["b"] == 2)
        #expect(records.allSatisfy { $0.run == "outer" })
    }

    @Test func `The baseline belongs to the run that it is around`() async throws {
        let collector = DocumentCollector()
        let plan = try count([det]).withRunKey("a").withBaseline([m1])
        let outcome = try await RunEngine().run(plan, sinks: [collector])
        #expect(outcome.exitStatus == .success)
        #expect(collector.stops.map(\.numEvents) == [["baseline": 2, "primary": 1]])
    }

    @Test func `Nothing is rewound in a part that forbids it`() async throws {
        let records = try await record { context in
            try await context.withoutRewinding { try await context.null() }
        }
        #expect(
            records.map { [.string($0.command)] + $0.arguments } == [
                ["rewindable", nil], ["rewindable", false], ["null"], ["rewindable", true],
            ]
        )
    }

    @Test func `rd gives the one value of a device`() async throws {
        let engine = RunEngine()
        let outcome = try await engine.run(Plan(withResult: "rd") { context in try await context.rd(m1) })
        #expect(outcome.result == 10.0)
    }

    @Test func `Messages are changed or swallowed on their way`() async throws {
        let records = try await record { context in
            try await context.withMessages { message in
                if case .checkpoint = message.command { return nil }
                return message
            } _: {
                _ = try await $0.oneShot([det])
            }
        }
        #expect(!records.contains { $0.command == "checkpoint" })
    }
}
