import EngineTestSupport
import RunEngine
import Synchronization
import Wire

/// Asks a plan for one interruption at one of its messages, and for others whenever it waits for something that does not
/// come.
final class Interrupter: Sendable {
    enum Interruption: CaseIterable, Sendable {
        case none, stop, abort, halt, resume, pauseTwice, deferred, pauseAndStop, pauseAndAbort, pauseAndHalt
        case suspend
    }

    private struct State {
        var engine: RunEngine?
        var messages = 0
        /// What is asked for when the plan waits in vain; a halt after that.
        var rescues: [Interruption]
        var ending: String?
    }

    let interruption: Interruption
    /// Holds plans while it is true.
    let alarm = ManualSignal("alarm", false)
    private let position: Int
    private let state: Mutex<State>

    /// Asks for `interruption` at the message with the number `position`.
    init(_ interruption: Interruption, at position: Int, _ generator: inout SeededGenerator) {
        self.interruption = interruption
        self.position = position
        let choice: [Interruption] = [.resume, .resume, .stop, .abort, .halt]
        let rescues = (0..<Int.random(in: 0...3, using: &generator)).compactMap { _ in
            choice.randomElement(using: &generator)
        }
        state = Mutex(State(rescues: rescues))
    }

    var messageCount: Int { state.withLock { $0.messages } }

    /// The end that was asked for last, as the engine accepted it.
    var ending: String? { state.withLock { $0.ending } }

    /// Asks this engine from here on; nobody if nil.
    func attach(_ engine: RunEngine?) { state.withLock { $0.engine = engine } }

    private var engine: RunEngine? { state.withLock { $0.engine } }

    /// A message is going to be carried out.
    func message(_ command: String) {
        // The plan is held.
        if command == "wait_for" { alarm.put(false) }
        let (engine, number) = state.withLock { state in
            defer { state.messages += 1 }
            return (state.engine, state.messages)
        }
        guard let engine else { return }
        if number == position { try? ask(engine, for: interruption) }
        // The second pause comes while the plan is taken back, or soon after.
        if interruption == .pauseTwice, number == position + 3 { try? engine.requestPause() }
    }

    private func ask(_ engine: RunEngine, for interruption: Interruption) throws {
        switch interruption {
        case .none: return
        case .suspend: alarm.put(true)
        case .deferred: try engine.requestPause(deferred: true)
        case .resume, .pauseTwice, .pauseAndStop, .pauseAndAbort, .pauseAndHalt: try engine.requestPause()
        case .stop: try end("stopped") { try engine.stop() }
        case .abort: try end("aborted") { try engine.abort(reason: "enough") }
        case .halt: try end("halted") { try engine.halt() }
        }
    }

    private func end(_ word: String, _ request: () throws -> Void) throws {
        try request()
        // Nothing comes after a halt, which may come after the others.
        state.withLock { if $0.ending != "halted" { $0.ending = word } }
    }

    /// The plan is paused.
    func paused() {
        guard let engine else { return }
        switch interruption {
        case .pauseAndStop: try? ask(engine, for: .stop)
        case .pauseAndAbort: try? ask(engine, for: .abort)
        case .pauseAndHalt: try? ask(engine, for: .halt)
        default: try? engine.resume()
        }
    }

    /// The plan is about to wait for a device that does not answer. After any request the engine goes on without it.
    func hangs(_ action: Witness.Action) {
        if ![.stop, .pause, .resume].contains(action) { rescue { _ in } }
    }

    /// The plan is about to wait for something that does not end, of which only a halt gets it out while it cleans up.
    func stalls() {
        rescue { engine in
            if [.stopping, .aborting].contains(engine.state) { try? self.ask(engine, for: .halt) }
        }
    }

    /// A device could not be resumed.
    func staysPaused() { rescue { try? self.ask($0, for: .halt) } }

    private func rescue(orElse lastResort: @escaping @Sendable (RunEngine) -> Void) {
        let (engine, request, isLate) = state.withLock { state in
            let isLate = state.rescues.count.isMultiple(of: 2)
            return (state.engine, state.rescues.isEmpty ? .halt : state.rescues.removeFirst(), isLate)
        }
        guard let engine else { return }
        let ask = { @Sendable in
            do { try self.ask(engine, for: request) } catch { lastResort(engine) }
        }
        // Just before the plan waits, or most likely when it does.
        if isLate { Task.detached { ask() } } else { ask() }
    }
}
