import EngineTestSupport
import EventModel
import Plans
import RunEngine
import Synchronization
import Wire

/// Numbers that look random and are the same each time.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// A device that writes down what happens to it. Its moves end at once or a moment later.
final class Witness: Movable, Readable, Stageable, Stoppable {
    let name: String
    let log = Log<String>()

    init(_ name: String) { self.name = name }

    func set(_ setpoint: JSONValue) -> Status {
        log.append("set")
        return setpoint == 0 ? .finished : .running(name) { await Task.yield() }
    }

    func read() -> Readings { [name: Reading(1)] }
    func describe() -> DataKeys { [name: DataKey(source: "SIM:\(name)", dtype: .integer)] }
    func stop(success: Bool) { log.append("stop") }

    func stage() -> Staging {
        log.append("stage")
        return .done([self])
    }

    func unstage() -> Staging {
        log.append("unstage")
        return .done([self])
    }
}

/// A plan put together at random: moves, events, runs within runs, staging, clean-up, failures.
indirect enum RandomStep: Sendable {
    case null
    case checkpoint
    case sleep
    case move(Int, wait: Bool)
    case event(stream: Int)
    case run(RunKey, [RandomStep])
    case staged(Int, [RandomStep])
    case cleaned([RandomStep])
    case notRewindable([RandomStep])
    case monitored([RandomStep])
    case fail

    /// Some steps. `key` is the run in which they are.
    static func some(_ generator: inout SeededGenerator, depth: Int, key: RunKey?, mayFail: Bool) -> [RandomStep] {
        (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            one(&generator, depth: depth, key: key, mayFail: mayFail)
        }
    }

    private static func one(
        _ generator: inout SeededGenerator,
        depth: Int,
        key: RunKey?,
        mayFail: Bool
    ) -> RandomStep {
        func inner(_ generator: inout SeededGenerator, _ key: RunKey?) -> [RandomStep] {
            some(&generator, depth: depth - 1, key: key, mayFail: mayFail)
        }
        switch Int.random(in: 0..<(depth > 0 ? 16 : 8), using: &generator) {
        case 0: return .null
        case 1: return .checkpoint
        case 2: return mayFail && Int.random(in: 0..<3, using: &generator) == 0 ? .fail : .sleep
        case 3, 4: return .move(Int.random(in: 0..<3, using: &generator), wait: .random(using: &generator))
        case 5, 6, 7:
            return key == nil ? .null : .event(stream: Int.random(in: 0..<2, using: &generator))
        case 8, 9, 10, 11:
            let key = (key ?? "") + "r"
            return .run(key, inner(&generator, key))
        case 12: return .staged(Int.random(in: 0..<3, using: &generator), inner(&generator, key))
        case 13: return .cleaned(inner(&generator, key))
        case 14: return .notRewindable(inner(&generator, key))
        default: return key == nil ? .cleaned(inner(&generator, key)) : .monitored(inner(&generator, key))
        }
    }
}

/// Carries random plans out and keeps what the invariants are about.
final class RandomStage: Sendable {
    let devices = [Witness("a"), Witness("b"), Witness("c")]
    let signal = ManualSignal("signal")
    /// How many clean-ups have become due, and how many have been begun.
    let dueCleanups = Atomic<Int>(0)
    let doneCleanups = Atomic<Int>(0)

    func carryOut(_ steps: [RandomStep], _ context: PlanContext) async throws {
        for step in steps { try await carryOut(step, context) }
    }

    private func carryOut(_ step: RandomStep, _ context: PlanContext) async throws {
        switch step {
        case .null: try await context.null()
        case .checkpoint: try await context.checkpoint()
        case .sleep: try await context.sleep(0.0001)
        case .move(let index, let wait):
            try await context.set(devices[index], wait ? 1 : 0, group: "g")
            if wait { try await context.wait("g") }
        case .event(let stream):
            try await context.triggerAndRead([devices[stream]], stream: "stream\(stream)")
        case .run(let key, let steps):
            try await context.withRunKey(key) { context in
                _ = try await context.withRun { try await carryOut(steps, context) }
            }
        case .staged(let index, let steps):
            try await context.withStaged([devices[index]]) { try await carryOut(steps, context) }
        case .cleaned(let steps):
            dueCleanups.add(1, ordering: .relaxed)
            try await context.finalize {
                try await carryOut(steps, context)
            } final: {
                // Before the first message: the plan may be asked to end within its clean-up.
                doneCleanups.add(1, ordering: .relaxed)
                try await context.null()
            }
        case .notRewindable(let steps):
            try await context.withoutRewinding { try await carryOut(steps, context) }
        case .monitored(let steps):
            try await context.monitorOnce(signal) {
                signal.put(1)
                try await carryOut(steps, context)
            }
        case .fail: throw TestError()
        }
    }
}

extension PlanContext {
    /// A signal that is monitored already stays so.
    fileprivate func monitorOnce(_ signal: ManualSignal, _ body: () async throws -> Void) async throws {
        let isNew: Bool
        do {
            try await monitor(signal)
            isNew = true
        } catch is IllegalMessageSequence {
            isNew = false
        }
        try await body()
        if isNew { try await unmonitor(signal) }
    }
}
