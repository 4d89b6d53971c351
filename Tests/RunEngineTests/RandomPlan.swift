import EngineTestSupport
import Plans
import RunEngine
import Synchronization

/// Numbers that look random and are the same each time.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        // The numbers of neighbouring seeds must have nothing in common.
        state = Self.mixed(seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var value = number
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// A plan put together at random: moves, events, runs within runs, staging, clean-up, flights, failures.
indirect enum RandomStep: Sendable {
    case null
    case checkpoint
    case sleep
    case move(Int, wait: Bool)
    case event(Int)
    case run(RunKey, [RandomStep])
    case staged(Int, [RandomStep])
    case cleaned([RandomStep])
    case notRewindable([RandomStep])
    case monitored(Int, [RandomStep])
    case flown(Int, [RandomStep])
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
        let device = Int.random(in: 0..<RandomStage.names.count, using: &generator)
        switch Int.random(in: 0..<(depth > 0 ? 18 : 8), using: &generator) {
        case 0: return .null
        case 1: return .checkpoint
        case 2: return mayFail && Int.random(in: 0..<3, using: &generator) == 0 ? .fail : .sleep
        case 3, 4: return .move(device, wait: .random(using: &generator))
        case 5, 6, 7: return key == nil ? .null : .event(device)
        case 8, 9, 10, 11:
            let key = (key ?? "") + "r"
            return .run(key, inner(&generator, key))
        case 12: return .staged(device, inner(&generator, key))
        case 13: return .notRewindable(inner(&generator, key))
        case 14 where key != nil, 15 where key != nil: return .monitored(device, inner(&generator, key))
        case 16 where key != nil: return .flown(device, inner(&generator, key))
        default: return .cleaned(inner(&generator, key))
        }
    }
}

/// Carries random plans out and keeps what the invariants are about.
final class RandomStage: Sendable {
    static let names = ["a", "b", "c"]
    let devices: [Witness]
    /// How many clean-ups have become due, and how many have been begun.
    let dueCleanups = Atomic<Int>(0)
    let doneCleanups = Atomic<Int>(0)

    init(_ devices: [Witness]) { self.devices = devices }

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
        case .event(let index):
            try await context.triggerAndRead([devices[index]], stream: "stream\(index)")
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
        case .monitored(let index, let steps):
            try await context.monitorOnce(devices[index]) {
                devices[index].change()
                try await carryOut(steps, context)
            }
        case .flown(let index, let steps):
            try await context.kickoff(devices[index], wait: true)
            try await carryOut(steps, context)
            try await context.complete(devices[index], wait: true)
            try await context.collect(devices[index])
        case .fail: throw TestError()
        }
    }
}

extension PlanContext {
    /// A device that is monitored already stays so.
    fileprivate func monitorOnce(_ device: Witness, _ body: () async throws -> Void) async throws {
        let isNew: Bool
        do {
            try await monitor(device)
            isNew = true
        } catch is IllegalMessageSequence {
            isNew = false
        }
        try await body()
        if isNew { try await unmonitor(device) }
    }
}
