import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Testing
import Wire

struct MonitorTests {
    let signal = ManualSignal()
    let det = InstantDetector()

    @Test func `Each change of a monitored device is an event, also while the plan waits`() async throws {
        let messages = Log<String>()
        let events = Log<JSONValue>()
        let harness = EngineHarness { $0.messageHook = { messages.append($0.command.name) } }
        harness.engine.subscribe(EventValues("signal", events))
        let call = harness.start { context in
            try await context.withRun {
                try await context.monitor(signal, stream: "watched")
                try await context.sleep(3600)
            }
        }
        await messages.contains("sleep")
        for value in [1.0, 2.0, 3.0] { signal.put(.double(value)) }
        await events.contains(3.0)
        try harness.engine.stop()
        _ = try await call.value
        #expect(events.elements == [1.0, 2.0, 3.0])
        #expect(harness.documents.events.map(\.seqNum) == [1, 2, 3])
        #expect(harness.documents.stops.map(\.numEvents) == [["watched": 3]])
        #expect(!signal.isHeard)
        signal.put(9)
    }

    @Test func `What was heard before 'unmonitor' is recorded, what comes after is not`() async throws {
        let harness = EngineHarness()
        let outcome = try await harness.run { context in
            try await context.withRun {
                try await context.monitor(signal)
                signal.put(1)
                try await context.unmonitor(signal)
                signal.put(2)
                try await context.null()
            }
        }
        #expect(outcome.exitStatus == .success)
        #expect(harness.documents.events.map { $0.data["signal"] } == [1])
        #expect(harness.documents.descriptors.map { $0.name.hasPrefix("monitor-") } == [true])
    }

    @Test func `Monitors are off during a pause, and their events are not taken back`() async throws {
        let harness = EngineHarness()
        let call = await harness.pause { context in
            try await context.withRun {
                try await context.monitor(signal, stream: "watched")
                signal.put(1)
                try await context.triggerAndRead([det])
                try await context.pause()
                signal.put(3)
                try await context.null()
            }
        }
        #expect(!signal.isHeard)
        signal.put(2)
        try harness.engine.resume()
        #expect(try await call.value.exitStatus == .success)
        let watched = harness.documents.events.filter { $0.data.keys == ["signal"] }
        #expect(watched.map { $0.data["signal"] } == [1, 3])
        #expect(watched.map(\.seqNum) == [1, 2])
        #expect(harness.documents.events.filter { $0.data.keys == ["det"] }.map(\.seqNum) == [1, 1])
    }

    @Test func `A monitor that is left on ends with its run, also when the run is left to the engine`() async throws {
        let harness = EngineHarness()
        _ = try await harness.run { context in
            try await context.openRun()
            try await context.monitor(signal, stream: "watched")
            signal.put(1)
        }
        #expect(!signal.isHeard)
        #expect(harness.documents.names == ["start", "descriptor", "event", "stop"])
    }

    @Test func `Wrong monitor messages are refused`() async throws {
        let harness = EngineHarness()
        let refusals = Log<String>()
        _ = try await harness.run { context in
            do { try await context.monitor(signal) } catch { refusals.append("\(error)") }
            try await context.withRun {
                do { try await context.unmonitor(signal) } catch { refusals.append("\(error)") }
                try await context.monitor(signal)
                do { try await context.monitor(signal) } catch { refusals.append("\(error)") }
            }
        }
        #expect(refusals.elements.count == 3)
        #expect(refusals.elements[0].contains("no run is open"))
        #expect(refusals.elements[1].contains("not monitored"))
        #expect(refusals.elements[2].contains("monitored already"))
    }

    @Test func `Signals are monitored during runs under the names that readers expect`() async throws {
        let harness = EngineHarness()
        _ = try await harness.run { context in
            try await context.withMonitors([signal]) { context in _ = try await count([det])(context) }
        }
        #expect(harness.documents.descriptors.map(\.name) == ["signal_monitor", "primary"])
        #expect(harness.documents.stops.map(\.numEvents) == [["signal_monitor": 0, "primary": 1]])
    }
}

/// Keeps one value of each event.
private struct EventValues: DocumentSink {
    let key: String
    let log: Log<JSONValue>

    init(_ key: String, _ log: Log<JSONValue>) {
        self.key = key
        self.log = log
    }

    func receive(_ document: Document) {
        if case .event(let event) = document, let value = event.data[key] { log.append(value) }
    }
}
