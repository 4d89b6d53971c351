import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct RunTests {
    let det = InstantDetector()

    @Test func `A run consists of a start, a descriptor, events and a stop`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.withRun(metadata: ["purpose": "test"]) {
                try await context.triggerAndRead([det])
                try await context.triggerAndRead([det])
            }
        }
        #expect(harness.documents.names == ["start", "descriptor", "event", "event", "stop"])
        let start = try #require(harness.documents.starts.first)
        #expect(start.metadata["purpose"] == "test")
        #expect(start.metadata["plan_name"] == "test")
        #expect(harness.documents.events.map(\.seqNum) == [1, 2])
        #expect(harness.documents.events.map(\.data) == [["det": 1.0], ["det": 2.0]])
        #expect(harness.documents.stops.first?.numEvents == ["primary": 2])
        #expect(harness.documents.stops.first?.exitStatus == .success)
        #expect(outcome.runUIDs == [start.uid])
        #expect(outcome.scanIDs == [1])
        #expect(outcome.ending.word == "completed")
        #expect(harness.stateHistory == "running>idle")
    }

    @Test func `Metadata of the call win over those of the run, the plan and the engine`() async throws {
        let harness = EngineHarness(metadata: ["a": "engine", "b": "engine", "c": "engine", "plan_name": "engine"])
        let plan = Plan("own") { context in
            try await context.withRun(metadata: ["b": "run", "c": "run"]) {}
        }
        _ = try await harness.engine.run(plan, metadata: ["c": "call"], sinks: [harness.documents])
        let metadata = try #require(harness.documents.starts.first?.metadata)
        #expect(metadata["a"] == "engine")
        #expect(metadata["b"] == "run")
        #expect(metadata["c"] == "call")
        #expect(metadata["plan_name"] == "own")
    }

    @Test func `Runs are numbered on from the metadata of the engine`() async throws {
        let harness = EngineHarness(metadata: ["scan_id": 41])
        let outcome = try await harness.run { context in
            try await context.withRun {}
            try await context.withRun {}
        }
        #expect(outcome.scanIDs == [42, 43])
        #expect(harness.engine.metadata["scan_id"] == 43)
    }

    @Test(arguments: [["a.b": 1], ["outer": ["in/ner": 1]], ["sample": [1, 2]], ["project": 5]] as [JSONObject])
    func `Metadata against the rules fail the plan before a document is emitted`(_ metadata: JSONObject) async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in try await context.openRun(metadata: metadata) }
        #expect(outcome.error is MetadataError)
        #expect(harness.documents.documents.isEmpty)
    }

    @Test(arguments: [.integer(.max), "seven", 1.5] as [JSONValue])
    func `A number that has no successor fails the plan`(_ scanID: JSONValue) async throws {
        let harness = EngineHarness(metadata: ["scan_id": scanID])
        let outcome = try await harness.run { context in try await context.openRun() }
        #expect(outcome.error is MetadataError)
    }

    @Test func `A run that the plan leaves open is closed by the engine`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.openRun()
            throw TestError()
        }
        #expect(outcome.exitStatus == .fail)
        #expect(outcome.error as? TestError == TestError())
        #expect(harness.documents.stops.map(\.exitStatus) == [.fail])
        #expect(harness.documents.stops.map(\.reason) == ["something broke"])
        #expect(harness.stateHistory == "running>idle")
    }

    @Test func `A sink that throws fails the plan`() async throws {
        struct Broken: DocumentSink {
            func receive(_ document: Document) throws {
                if case .event = document { throw TestError() }
            }
        }
        let harness = EngineHarness()
        harness.engine.subscribe(Broken())
        let outcome = try await harness.run { context in
            try await context.withRun { try await context.triggerAndRead([det]) }
        }
        #expect(outcome.error as? TestError == TestError())
        #expect(harness.documents.stops.map(\.exitStatus) == [.fail])
    }

    @Test func `A subscriber gets the documents of the kind it asked for until it unsubscribes`() async throws {
        let harness = EngineHarness()
        let collector = DocumentCollector()
        let token = harness.engine.subscribe(collector, to: .stop)
        _ = try await harness.run { context in try await context.withRun {} }
        #expect(harness.engine.unsubscribe(token))
        _ = try await harness.run { context in try await context.withRun {} }
        #expect(collector.names == ["stop"])
        #expect(!harness.engine.unsubscribe(token))
    }

    @Test func `Two runs with different keys are open at the same time`() async throws {
        let harness = EngineHarness()
        _ = try await harness.run { context in
            for key in ["a", "b"] { _ = try await context.send(Message(.openRun(metadata: [:]), run: key)) }
            for key in ["a", "b", "a"] {
                for command in [Command.create(stream: "primary"), .read(det), .save] {
                    _ = try await context.send(Message(command, run: key))
                }
            }
            for key in ["a", "b"] {
                _ = try await context.send(Message(.closeRun(exitStatus: nil, reason: nil), run: key))
            }
        }
        #expect(harness.documents.stops.map { $0.numEvents["primary"] } == [2, 1])
    }

    @Test func `What a plan returns is the result of the call`() async throws {
        let outcome = try await RunEngine().run(Plan(withResult: "answer") { _ in 42 })
        #expect(outcome.result == 42)
    }
}
