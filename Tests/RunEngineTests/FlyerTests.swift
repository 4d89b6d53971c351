import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct FlyerTests {
    /// A flyer with events in two streams.
    private final class TwoStreams: Flyable, EventCollectable {
        let name = "two"
        let log = Log<String>()

        func kickoff() -> Status {
            log.append("kickoff")
            return .finished
        }

        func complete() -> Status { .finished }

        func describeCollect() -> CollectedKeys {
            .streams([
                "a": ["x": DataKey(source: "SIM:x", dtype: .number)],
                "b": ["y": DataKey(source: "SIM:y", dtype: .number)],
            ])
        }

        func collect() -> [Readings] {
            log.append("collect")
            return [["x": Reading(1.0)], ["y": Reading(2.0)], ["x": Reading(3.0)]]
        }
    }

    @Test func `The events of a flyer become a page for each stream`() async throws {
        let harness = EngineHarness()
        let flyer = TwoStreams()
        let outcome = try await harness.run { context in _ = try await fly([flyer])(context) }
        #expect(outcome.exitStatus == .success)
        #expect(harness.documents.names == ["start", "descriptor", "descriptor", "event_page", "event_page", "stop"])
        #expect(harness.documents.stops.map(\.numEvents) == [["a": 2, "b": 1]])
        let pages = harness.documents.pages
        #expect(pages.map(\.seqNum) == [[1, 2], [1]])
        #expect(pages.first?.data["x"] == [1.0, 3.0])
    }

    @Test func `A flyer that was kicked off and not collected is collected at the end`() async throws {
        let harness = EngineHarness()
        let flyer = TwoStreams()
        _ = try await harness.run { context in
            try await context.openRun()
            try await context.kickoff(flyer, wait: true)
            throw TestError()
        }
        #expect(flyer.log.elements == ["kickoff", "collect"])
        #expect(harness.documents.names.suffix(2) == ["event_page", "stop"])
        #expect(harness.documents.stops.map(\.exitStatus) == [.fail])
    }

    @Test func `Kicking off and collecting need a run`() async throws {
        let harness = EngineHarness()
        let flyer = TwoStreams()
        let outcome = try await harness.run { context in try await context.kickoff(flyer) }
        #expect(outcome.error is IllegalMessageSequence)
        #expect(flyer.log.elements.isEmpty)
    }

    @Test func `Devices that stream rows are taken over in step while they fly`() async throws {
        let (first, second) = (RowWriter("first"), RowWriter("second"))
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.withRun {
                try await context.declareStream([first, second], name: "fast", collect: true)
                try await context.kickoffAll([first, second])
                first.write(3)
                second.write(2)
                try await context.collect([first, second], stream: "fast")
                first.write(1)
                second.write(2)
                first.land()
                second.land()
                try await context.collectWhileCompleting(
                    [first, second],
                    [first, second],
                    stream: "fast",
                    flushPeriod: 1
                )
            }
        }
        #expect(outcome.exitStatus == .success)
        #expect(harness.documents.stops.map(\.numEvents) == [["fast": 4]])
        let pieces = harness.documents.streamPieces
        #expect(pieces.map(\.seqNums) == [1..<3, 1..<3, 3..<5, 3..<5])
        #expect(pieces.map(\.indices) == [0..<2, 0..<2, 2..<4, 2..<4])
        let descriptor = try #require(harness.documents.descriptors.first)
        #expect(pieces.allSatisfy { $0.descriptor == descriptor.uid })
        #expect(harness.documents.names.filter { $0 == "stream_resource" }.count == 2)
    }

    @Test func `Streamed rows stand beside events that hold only the other values`() async throws {
        let rows = RowWriter()
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            _ = try await count([rows, InstantDetector()], num: 2)(context)
        }
        #expect(outcome.exitStatus == .success)
        #expect(
            harness.documents.names == [
                "start", "descriptor", "stream_resource", "stream_datum", "event", "stream_datum", "event", "stop",
            ]
        )
        #expect(harness.documents.events.map { $0.data.keys } == [["det"], ["det"]])
        #expect(harness.documents.streamPieces.map(\.seqNums) == [1..<2, 2..<3])
    }

    @Test func `More than one row for one event is refused`() async throws {
        let rows = RowWriter()
        let outcome = try await EngineHarness().run { context in
            rows.write(1)
            _ = try await count([rows])(context)
        }
        #expect("\(try #require(outcome.error))".contains("one row of streamed data, not 2"))
    }

    @Test func `Collecting into a stream that was not declared is refused`() async throws {
        let rows = RowWriter()
        let outcome = try await EngineHarness().run { context in
            try await context.withRun { _ = try await context.collect(rows, stream: "nowhere") }
        }
        #expect("\(try #require(outcome.error))".contains("'nowhere' was not declared for rows"))
    }

    @Test func `Supplements surround every run in their order`() async throws {
        let messages = Log<String>()
        let signal = ManualSignal()
        let flyer = TwoStreams()
        let motor = InstantMotor("m")
        let harness = EngineHarness { configuration in
            configuration.messageHook = { messages.append($0.command.name) }
            configuration.preprocessors = [
                SupplementalData(baseline: [motor], monitors: [signal], flyers: [flyer]).preprocessor
            ]
        }
        let outcome = try await harness.run { context in try await context.withRun { try await context.null() } }
        #expect(outcome.exitStatus == .success)
        #expect(
            messages.elements == [
                "open_run", "declare_stream", "create", "read", "save", "monitor", "kickoff", "wait", "null",
                "complete",
                "wait", "collect", "unmonitor", "create", "read", "save", "close_run",
            ]
        )
    }
}
