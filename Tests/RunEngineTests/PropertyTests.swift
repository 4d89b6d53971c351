import EngineTestSupport
import EventModel
import RunEngine
import Synchronization
import Testing
import Wire

/// Random plans, interrupted at each of their messages in turn.
struct PropertyTests {
    enum Interruption: CaseIterable, Sendable {
        case none, stop, abort, halt, resume, pauseTwice, deferred, pauseAndStop, pauseAndAbort, pauseAndHalt
        case suspend

        static func random(_ generator: inout SeededGenerator) -> Interruption {
            allCases.dropFirst().randomElement(using: &generator) ?? .none
        }
    }

    /// Asks for the interruption at one message, and for what follows once the plan is paused.
    private final class Interrupter: Sendable {
        private struct State {
            var engine: RunEngine?
            var messages = 0
            var pauses = 0
        }

        let interruption: Interruption
        /// Holds plans while it is true.
        let alarm = ManualSignal("alarm", false)
        private let position: Int
        private let state = Mutex(State())

        init(_ interruption: Interruption, at position: Int) {
            self.interruption = interruption
            self.position = position
        }

        var messageCount: Int { state.withLock { $0.messages } }

        func attach(_ engine: RunEngine) { state.withLock { $0.engine = engine } }

        func message(_ command: String) {
            // The plan is held.
            if command == "wait_for" { alarm.put(false) }
            let (engine, number) = state.withLock { state in
                defer { state.messages += 1 }
                return (state.engine, state.messages)
            }
            guard let engine else { return }
            if number == position { try? begin(engine) }
            // The second pause comes while the plan is taken back, or soon after.
            if interruption == .pauseTwice, number == position + 3 { try? engine.requestPause() }
        }

        private func begin(_ engine: RunEngine) throws {
            switch interruption {
            case .none: break
            case .suspend: alarm.put(true)
            case .stop: try engine.stop()
            case .abort: try engine.abort(reason: "enough")
            case .halt: try engine.halt()
            case .deferred: try engine.requestPause(deferred: true)
            case .resume, .pauseTwice, .pauseAndStop, .pauseAndAbort, .pauseAndHalt: try engine.requestPause()
            }
        }

        func paused() {
            guard let engine = state.withLock({ $0.engine }) else { return }
            switch interruption {
            case .pauseAndStop: try? engine.stop()
            case .pauseAndAbort: try? engine.abort()
            case .pauseAndHalt: try? engine.halt()
            default: try? engine.resume()
            }
        }
    }

    /// Returns how many messages there were.
    private func check(seed: UInt64, mayFail: Bool, _ interruption: Interruption, at position: Int) async throws -> Int
    {
        var generator = SeededGenerator(seed: seed)
        let steps = RandomStep.some(&generator, depth: 4, key: nil, mayFail: mayFail)
        let stage = RandomStage()
        let interrupter = Interrupter(interruption, at: position)
        var configuration = EngineConfiguration()
        configuration.messageHook = { interrupter.message($0.command.name) }
        configuration.onStateChange = { new, _ in if new == .paused { interrupter.paused() } }
        configuration.recordInterruptions = seed.isMultiple(of: 3)
        let engine = RunEngine(configuration: configuration)
        interrupter.attach(engine)
        try await engine.install(Suspender(interrupter.alarm, .high))
        let documents = DocumentCollector()
        let outcome = try await engine.run(
            Plan("random") { context in
                try await stage.carryOut(steps, context)
            },
            sinks: [documents]
        )
        let comment = Comment("seed \(seed), \(interruption) at \(position): \(outcome.ending)")
        #expect(engine.state == .idle, comment)
        expectWellFormed(documents.documents, comment)
        expectAtRest(stage, comment)
        expectCleanups(stage, outcome, comment)
        expectEnding(outcome, interruption, mayFail: mayFail, comment)
        return interrupter.messageCount
    }

    // MARK: Invariants

    private func expectWellFormed(_ documents: [Document], _ comment: Comment) {
        var check = DocumentCheck()
        for document in documents { check.take(document) }
        #expect(check.problems == [], comment)
        #expect(check.openRuns.isEmpty, comment)
    }

    private func expectAtRest(_ stage: RandomStage, _ comment: Comment) {
        for device in stage.devices {
            let log = device.log.elements
            if let set = log.lastIndex(of: "set") { #expect(log[set...].contains("stop"), comment) }
            if let staged = log.lastIndex(of: "stage") { #expect(log[staged...].contains("unstage"), comment) }
        }
        #expect(!stage.signal.isHeard, comment)
    }

    private func expectCleanups(_ stage: RandomStage, _ outcome: RunOutcome, _ comment: Comment) {
        let due = stage.dueCleanups.load(ordering: .relaxed)
        let done = stage.doneCleanups.load(ordering: .relaxed)
        if outcome.ending.word == "halted" { #expect(done <= due, comment) } else { #expect(done == due, comment) }
    }

    private func expectEnding(
        _ outcome: RunOutcome,
        _ interruption: Interruption,
        mayFail: Bool,
        _ comment: Comment
    ) {
        if let error = outcome.error {
            // A failure that came before the request, or that the plan itself makes.
            #expect(mayFail && error is TestError, comment)
            return
        }
        let expected: [String] =
            switch interruption {
            case .none, .resume, .pauseTwice, .deferred, .suspend: ["completed"]
            case .stop, .pauseAndStop: ["stopped", "completed"]
            case .abort, .pauseAndAbort: ["aborted", "completed"]
            case .halt, .pauseAndHalt: ["halted", "completed"]
            }
        #expect(expected.contains(outcome.ending.word), comment)
    }

    // MARK: Tests

    @Test(arguments: 0..<12 as Range<UInt64>)
    func `Random plans keep their promises wherever they are interrupted`(_ batch: UInt64) async throws {
        var generator = SeededGenerator(seed: batch &+ 1000)
        for seed in batch * 5..<batch * 5 + 5 {
            let mayFail = seed.isMultiple(of: 4)
            let count = try await check(seed: seed, mayFail: mayFail, .none, at: 0)
            for position in 0..<min(count, 80) {
                _ = try await check(seed: seed, mayFail: mayFail, .random(&generator), at: position)
            }
        }
    }
}

/// Follows documents and says what is wrong with them.
private struct DocumentCheck {
    private struct Run {
        var streams: [String: String] = [:]
        var numbers: [String: [Int]] = [:]
    }

    private var runs: [String: Run] = [:]
    private var runOfDescriptor: [String: String] = [:]
    private var closed: Set<String> = []
    private(set) var problems: [String] = []

    var openRuns: [String] { runs.keys.filter { !closed.contains($0) } }

    mutating func take(_ document: Document) {
        switch document {
        case .start(let start):
            if runs.updateValue(Run(), forKey: start.uid) != nil { problems.append("a run was started twice") }
        case .descriptor(let descriptor):
            require(descriptor.runStart, "descriptor")
            runs[descriptor.runStart]?.streams[descriptor.uid] = descriptor.name
            runOfDescriptor[descriptor.uid] = descriptor.runStart
        case .event(let event):
            guard let run = runOfDescriptor[event.descriptor], let stream = runs[run]?.streams[event.descriptor] else {
                problems.append("an event without a descriptor")
                return
            }
            require(run, "event")
            let last = runs[run]?.numbers[stream]?.last ?? 0
            if event.seqNum > last + 1 || event.seqNum < 1 {
                problems.append("\(stream): \(event.seqNum) after \(last)")
            }
            runs[run]?.numbers[stream, default: []].append(event.seqNum)
        case .stop(let stop):
            require(stop.runStart, "stop")
            closed.insert(stop.runStart)
            for (stream, count) in stop.numEvents {
                let numbers = Set(runs[stop.runStart]?.numbers[stream] ?? [])
                if !numbers.isSuperset(of: Array(1..<count + 1)) {
                    problems.append("\(stream): \(count) events of \(numbers)")
                }
            }
        default: break
        }
    }

    private mutating func require(_ run: String, _ name: String) {
        if runs[run] == nil { problems.append("\(name) of a run that was not started") }
        if closed.contains(run) { problems.append("\(name) after the stop of its run") }
    }
}
