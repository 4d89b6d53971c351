import Glibc
import RunEngine

/// The processor time of this process so far, in seconds.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The memory in use, in MiB.
func residentMemory() -> Double {
    guard let file = fopen("/proc/self/statm", "r") else { return .nan }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return .nan }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Double(fields[1]) else { return .nan }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
}

/// One thing to measure.
struct Case {
    let name: String
    /// How often it is done in a round.
    let count: Int
    /// What is counted.
    let unit: String
    /// What bluesky does in a second of processor time.
    let reference: Double
    let body: (RunEngine) async throws -> RunOutcome

    /// Runs three rounds and returns the best rate.
    func rate() async throws -> Double {
        var best = 0.0
        for _ in 0..<3 {
            let engine = RunEngine()
            let start = processorTime()
            let outcome = try await body(engine)
            let seconds = processorTime() - start
            if let error = outcome.error { throw error }
            best = max(best, Double(count) / seconds)
        }
        return best
    }
}

/// The number with so many digits after the point.
func rounded(_ number: Double, _ digits: Int) -> Double {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    return (number * scale).rounded() / scale
}

/// The number with thousands set apart.
func grouped(_ number: Double) -> String {
    let digits = String(Int(number.rounded()))
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result += " " }
        result.append(digit)
    }
    return result
}

extension String {
    func padded(_ width: Int, left: Bool = false) -> String {
        let fill = String(repeating: " ", count: max(0, width - count))
        return left ? fill + self : self + fill
    }
}
