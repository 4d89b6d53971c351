import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

/// Commands that come seldom.
struct CommandTests {
    let signal = ManualSignal()
    let det = InstantDetector()

    @Test func `A changed configuration makes a new descriptor of each stream with the device`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.withRun {
                try await context.triggerAndRead([signal])
                try await context.triggerAndRead([det], stream: "other")
                let (old, new) = try await context.configure(signal, ["gain": 5])
                #expect(old["signal_gain"]?.value == 1)
                #expect(new["signal_gain"]?.value == 5)
                try await context.triggerAndRead([signal])
            }
        }
        #expect(outcome.exitStatus == .success)
        let descriptors = harness.documents.descriptors
        #expect(descriptors.map(\.name) == ["primary", "other", "primary"])
        #expect(descriptors.map { $0.configuration["signal"]?.readings["signal_gain"]?.value } == [1, nil, 5])
        #expect(harness.documents.events.last?.descriptor == descriptors.last?.uid)
        #expect(harness.documents.events.map(\.seqNum) == [1, 1, 2])
    }

    @Test func `A device is not configured within an event`() async throws {
        let outcome = try await EngineHarness().run { context in
            try await context.withRun {
                try await context.create()
                _ = try await context.configure(signal, ["gain": 5])
            }
        }
        #expect("\(try #require(outcome.error))".contains("after 'create' and before 'save'"))
    }

    @Test func `A failure in a watched group ends the wait`() async throws {
        let (slow, failing) = (ManualMotor("slow"), ManualMotor("failing"))
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        let call = harness.start { context in
            try await context.set(slow, 1, group: "a")
            try await context.set(failing, 1, group: "b")
            try await context.wait("a", watch: ["b", "nobody"])
        }
        await messages.contains("wait")
        failing.fail(TestError())
        let error = try #require(try await call.value.error as? FailedStatus)
        #expect(error.status.name == "failing")
    }

    @Test func `Waiting for anything that ends`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.waitFor([.finished, .running { await Task.yield() }])
            await #expect(throws: WaitTimeout.self) { try await context.waitFor([Status(name: "x")], timeout: 0.01) }
            await #expect(throws: FailedStatus.self) {
                try await context.waitFor([.running { throw TestError() }])
            }
        }
        #expect(outcome.exitStatus == .success)
    }

    @Test func `A plan asks where somebody can answer`() async throws {
        let harness = EngineHarness { $0.input = { "answer to \($0)" } }
        let answers = Log<String>()
        let outcome = try await harness.run { context in answers.append(try await context.input("why?")) }
        #expect(outcome.exitStatus == .success)
        #expect(answers.elements == ["answer to why?"])
        let refused = try await EngineHarness().run { context in _ = try await context.input("why?") }
        #expect((refused.error as? InputUnavailable)?.prompt == "why?")
    }

    @Test func `A subscription within a plan ends when the next call begins`() async throws {
        let harness = EngineHarness()
        let collector = DocumentCollector()
        _ = try await harness.run { context in
            _ = try await context.subscribe(collector, to: .start)
            try await context.withRun {}
        }
        _ = try await harness.run { context in try await context.withRun {} }
        #expect(collector.names == ["start"])
    }

    @Test func `A subscription around a part of a plan ends with it, and only once`() async throws {
        let harness = EngineHarness()
        let collector = DocumentCollector()
        let outcome = try await harness.run { context in
            try await context.withSubscription(collector) { _ = try await context.withRun {} }
            _ = try await context.withRun {}
            let token = try #require(try await context.subscribe(collector))
            try await context.unsubscribe(token)
            await #expect(throws: UnknownSubscription.self) { try await context.unsubscribe(token) }
        }
        #expect(outcome.exitStatus == .success)
        #expect(collector.names == ["start", "stop"])
    }

    @Test func `Metadata are validated and normalized`() async throws {
        let harness = EngineHarness { configuration in
            configuration.metadataValidator = { if $0["sample"] == nil { throw TestError() } }
            configuration.metadataNormalizer = { $0.merging(["normal": true]) }
        }
        let refused = try await harness.run { context in try await context.withRun {} }
        #expect(refused.error is TestError)
        #expect(harness.documents.names.isEmpty)
        _ = try await harness.run { context in try await context.withRun(metadata: ["sample": "dirt"]) {} }
        #expect(harness.documents.starts.map { $0.metadata["normal"] } == [true])
        #expect(harness.documents.starts.map(\.scanID) == [2])
    }

    @Test func `Interruptions are recorded in a stream that is never taken back`() async throws {
        let harness = EngineHarness { $0.recordInterruptions = true }
        let call = await harness.pause { context in
            try await context.withRun {
                try await context.checkpoint()
                try await context.triggerAndRead([det])
                try await context.pause()
            }
        }
        try harness.engine.resume()
        #expect(try await call.value.exitStatus == .success)
        let interruptions = harness.documents.events.filter { $0.data.keys == ["interruption"] }
        #expect(interruptions.map { $0.data["interruption"] } == ["pause", "resume"])
        #expect(interruptions.map(\.seqNum) == [1, 2])
        #expect(harness.documents.stops.map(\.numEvents) == [["interruptions": 2, "primary": 1]])
    }

    @Test func `Devices that may not be taken back are read without rewinding`() async throws {
        final class OneWay: Readable, RewindLimiting {
            let name = "oneway"
            let isRewindable = false
            func read() -> Readings { [name: Reading(1)] }
            func describe() -> DataKeys { [name: DataKey(source: "SIM:oneway", dtype: .integer)] }
        }
        let messages = Log<String>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        _ = try await harness.run { context in
            try await context.withRun { try await context.triggerAndRead([OneWay()]) }
        }
        #expect(
            messages.elements == [
                "open_run", "rewindable", "rewindable", "create", "read", "save", "rewindable", "close_run",
            ]
        )
    }

    @Test func `Locations are told and preparations are waited for`() async throws {
        final class Bench: Locatable, Preparable {
            let name = "bench"
            func set(_ setpoint: JSONValue) -> Status { .finished }
            func locate() -> Location { Location(setpoint: 1, readback: 2) }
            func prepare(_ value: JSONValue) -> Status { value == "bad" ? .failed(TestError()) : .finished }
        }
        let bench = Bench()
        let outcome = try await EngineHarness().run { context in
            #expect(try await context.locate(bench) == Location(setpoint: 1, readback: 2))
            #expect(try await context.locate([bench, bench]).count == 2)
            try await context.prepare(bench, "good", wait: true)
            try await context.prepare(bench, "bad", wait: true)
        }
        #expect(outcome.error is FailedStatus)
    }
}
