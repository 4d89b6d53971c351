import EngineTestSupport
import EventModel
import Glibc
import RunEngine
import Testing

/// Random plans, interrupted at each of their messages in turn.
///
/// A failure names the seed. `RANDOM_PLANS=17 swift test --filter PropertyTests` tries this one again, with each
/// interruption at each message; `RANDOM_PLANS=1000-1999` looks for more.
@Suite(.timeLimit(.minutes(10))) struct PropertyTests {
    /// The seeds to try: those given, or a hundred in ten batches.
    private static let batches: [ClosedRange<UInt64>] = {
        guard let text = getenv("RANDOM_PLANS").map({ String(cString: $0) }) else {
            return (0..<10).map { $0 * 10...$0 * 10 + 9 }
        }
        let ends = text.split(separator: "-").compactMap { UInt64($0) }
        guard let first = ends.first, let last = ends.last, first <= last else { return [] }
        return (first...last).map { $0...$0 }
    }()

    private static let isChosen = getenv("RANDOM_PLANS") != nil

    private func check(_ seeds: ClosedRange<UInt64>, areDevicesFaulty: Bool) async throws {
        for seed in seeds {
            var generator = SeededGenerator(seed: seed &+ 1000)
            var trial = RandomTrial(seed: seed, areDevicesFaulty: areDevicesFaulty)
            let count = try await trial.run()
            for position in 0..<min(count, 60) {
                let all = Interrupter.Interruption.allCases.dropFirst()
                for interruption in Self.isChosen
                    ? Array(all) : all.randomElement(using: &generator).map({ [$0] }) ?? []
                {
                    trial.interruption = interruption
                    trial.position = position
                    try await trial.run()
                }
            }
        }
    }

    @Test(arguments: batches)
    func `Random plans keep their promises wherever they are interrupted`(_ seeds: ClosedRange<UInt64>) async throws {
        try await check(seeds, areDevicesFaulty: false)
    }

    @Test(arguments: batches)
    func `So they do with devices that refuse, fail, stall and hang`(_ seeds: ClosedRange<UInt64>) async throws {
        try await check(seeds, areDevicesFaulty: true)
    }
}
