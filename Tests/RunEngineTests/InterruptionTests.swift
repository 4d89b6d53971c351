import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Synchronization
import Testing
import Wire

/// A plan that is interrupted at each of its messages in turn.
struct InterruptionTests {
    enum Interruption: CaseIterable, Sendable {
        case stop, abort, halt, resume, deferAndResume, pauseAndStop, pauseAndAbort, pauseAndHalt

        /// What is asked for at the message.
        func begin(_ engine: RunEngine) throws {
            switch self {
            case .stop: try engine.stop()
            case .abort: try engine.abort()
            case .halt: try engine.halt()
            case .deferAndResume: try engine.requestPause(deferred: true)
            case .resume, .pauseAndStop, .pauseAndAbort, .pauseAndHalt: try engine.requestPause()
            }
        }

        /// What is asked for once the plan is paused.
        func end(_ engine: RunEngine) throws {
            switch self {
            case .resume, .deferAndResume: try engine.resume()
            case .pauseAndStop: try engine.stop()
            case .pauseAndAbort: try engine.abort()
            case .pauseAndHalt: try engine.halt()
            case .stop, .abort, .halt: break
            }
        }

        var ending: String {
            switch self {
            case .stop, .pauseAndStop: "stopped"
            case .abort, .pauseAndAbort: "aborted"
            case .halt, .pauseAndHalt: "halted"
            case .resume, .deferAndResume: "completed"
            }
        }
    }

    /// Counts messages, and interrupts at one of them.
    private final class Interrupter: Sendable {
        let engine = Mutex<RunEngine?>(nil)
        let count = Mutex(0)
        let position: Int
        let interruption: Interruption

        init(_ interruption: Interruption, at position: Int) {
            self.interruption = interruption
            self.position = position
        }

        func message() {
            let number = count.withLock { count in
                defer { count += 1 }
                return count
            }
            guard number == position, let engine = engine.withLock({ $0 }) else { return }
            #expect(throws: Never.self) { try interruption.begin(engine) }
        }

        func paused() {
            guard let engine = engine.withLock({ $0 }) else { return }
            #expect(throws: Never.self) { try interruption.end(engine) }
        }
    }

    /// Returns false if the plan has fewer messages.
    private func interrupt(_ interruption: Interruption, at position: Int) async throws -> Bool {
        let interrupter = Interrupter(interruption, at: position)
        var configuration = EngineConfiguration()
        configuration.messageHook = { _ in interrupter.message() }
        configuration.onStateChange = { new, _ in if new == .paused { interrupter.paused() } }
        let engine = RunEngine(configuration: configuration)
        interrupter.engine.withLock { $0 = engine }

        let motor = ManualMotor("staged")
        let documents = DocumentCollector()
        let inner = try scan(
            [InstantDetector()],
            [ScanAxis(InstantMotor("m"), 0, 1)],
            num: 3,
            metadata: ["position": .integer(position)]
        )
        let plan = Plan("outer") { context in
            _ = try await context.withStaged([motor]) { try await inner(context) }
        }
        let outcome = try await engine.run(plan, sinks: [documents])
        let wasReached = interrupter.count.withLock { $0 } > position
        let comment = Comment("\(interruption) at message \(position)")

        #expect(engine.state == .idle, comment)
        #expect(documents.starts.count == documents.stops.count, comment)
        #expect(motor.log.filter { $0 == "stage" }.count <= motor.log.filter { $0 == "unstage" }.count, comment)
        #expect(documents.events.map(\.seqNum).max() == documents.stops.first?.numEvents["primary"], comment)
        guard wasReached else { return false }
        #expect(outcome.ending.word == interruption.ending, comment)
        if outcome.ending.word == "completed" { #expect(documents.events.last?.seqNum == 3, comment) }
        return true
    }

    @Test(arguments: Interruption.allCases)
    func `A plan that is interrupted anywhere ends as it was asked to`(_ interruption: Interruption) async throws {
        var position = 0
        while try await interrupt(interruption, at: position) { position += 1 }
        #expect(position > 30)
    }

    @Test func `Requests from other threads at any moment leave the engine idle and each run closed`() async throws {
        let documents = DocumentCollector()
        let engine = RunEngine()
        let det = InstantDetector()
        let plan = try count([det], num: 20)
        for _ in 0..<100 {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await engine.run(plan, sinks: [documents]) }
                for _ in 0..<2 {
                    group.addTask {
                        for _ in 0..<20 {
                            switch Int.random(in: 0..<6) {
                            case 0, 1: try? engine.requestPause()
                            case 2: try? engine.requestPause(deferred: true)
                            case 3, 4: try? engine.resume()
                            default: await Task.yield()
                            }
                        }
                    }
                }
                await group.next()
                await group.next()
                // Whatever is still going on is brought to its end.
                while engine.state != .idle {
                    try? engine.abort()
                    await Task.yield()
                }
            }
        }
        #expect(engine.state == .idle)
        #expect(documents.starts.count == documents.stops.count)
    }
}
