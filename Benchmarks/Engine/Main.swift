import EventModel
import Plans
import RunEngine
import Synchronization

@main
struct EngineBenchmarks {
    /// Prints a table; with `--rates`, a line for each case with its name, a tabulator and its rate, and as many for
    /// latencies in milliseconds and for memory in MiB.
    static func main() async throws {
        let isTable = !CommandLine.arguments.contains("--rates")
        if isTable {
            print("case".padded(44) + "a second".padded(14, left: true) + "bluesky".padded(12, left: true) + "  ratio")
        }
        for measured in try cases() {
            let rate = try await measured.rate()
            guard isTable else {
                print("\(measured.name)\t\(rate)")
                continue
            }
            print(
                "\(measured.name), \(measured.unit)".padded(44) + grouped(rate).padded(14, left: true)
                    + grouped(measured.reference).padded(12, left: true)
                    + "  × \(rounded(rate / measured.reference, 1))"
            )
        }
        for (name, milliseconds) in try await latencies() {
            print(isTable ? "\(name): \(rounded(milliseconds, 3)) ms" : "\(name)\t\(milliseconds)")
        }
        let growth = try await memoryGrowth()
        print(
            isTable
                ? "memory after 1 000 000 events of one run: \(rounded(growth, 1)) MiB more than before"
                : "memory of a million events\t\(growth)"
        )
    }

    private static func cases() throws -> [Case] {
        let detector = FastDetector()
        let (motor, other) = (FastMotor("motor"), FastMotor("motor2"))
        let counting = try count([detector], num: 50_000)
        let scanning = try scan([detector], [ScanAxis(motor, -1, 1)], num: 20_000)
        let grid = try gridScan(
            [detector],
            [GridAxis(motor, -1, 1, 100), GridAxis(other, -1, 1, 100)],
            snakeAxes: true
        )
        let single = try count([detector])
        return [
            Case(name: "null", count: 2_000_000, unit: "messages", reference: 183_800) { engine in
                try await engine.run(
                    Plan("null") { context in
                        for number in 0..<2_000_000 {
                            if number % 1000 == 0 { try await context.checkpoint() }
                            try await context.null()
                        }
                    }
                )
            },
            Case(name: "null, nothing kept for replay", count: 2_000_000, unit: "messages", reference: 193_200) {
                engine in
                try await engine.run(
                    Plan("null") { context in
                        try await context.clearCheckpoint()
                        for _ in 0..<2_000_000 { try await context.null() }
                    }
                )
            },
            Case(name: "set and wait", count: 200_000, unit: "pairs", reference: 15_450) { engine in
                try await engine.run(
                    Plan("set") { context in
                        for _ in 0..<200_000 {
                            try await context.checkpoint()
                            try await context.set(motor, 1.0, group: "g")
                            try await context.wait("g")
                        }
                    }
                )
            },
            Case(name: "count", count: 50_000, unit: "events", reference: 1179) { try await $0.run(counting) },
            Case(name: "count, a subscriber", count: 50_000, unit: "events", reference: 1167) { engine in
                let counter = EventCounter()
                let outcome = try await engine.run(counting, sinks: [counter])
                precondition(counter.events.load(ordering: .relaxed) == 50_000)
                return outcome
            },
            Case(name: "count, lines of JSON", count: 50_000, unit: "events", reference: 1145) { engine in
                try await engine.run(counting, sinks: [JSONLinesSink { _ in }])
            },
            Case(name: "count, against bluesky's bare engine", count: 50_000, unit: "events", reference: 3708) {
                try await $0.run(counting)
            },
            Case(name: "scan", count: 20_000, unit: "points", reference: 868) { try await $0.run(scanning) },
            Case(name: "grid_scan 100 × 100", count: 10_000, unit: "points", reference: 783) { try await $0.run(grid) },
            Case(name: "open and close", count: 20_000, unit: "runs", reference: 3466) { engine in
                try await engine.run(
                    Plan("runs") { context in
                        for _ in 0..<20_000 {
                            try await context.openRun()
                            try await context.closeRun()
                        }
                    }
                )
            },
            Case(name: "calls of the engine", count: 2000, unit: "counts of one", reference: 374) { engine in
                for _ in 1..<2000 { _ = try await engine.run(single) }
                return try await engine.run(single)
            },
        ]
    }

    /// By how many MiB memory grows over a long run.
    private static func memoryGrowth() async throws -> Double {
        let detector = FastDetector()
        _ = try await RunEngine().run(try count([detector], num: 1000))
        let before = residentMemory()
        _ = try await RunEngine().run(try count([detector], num: 1_000_000))
        return residentMemory() - before
    }
}
