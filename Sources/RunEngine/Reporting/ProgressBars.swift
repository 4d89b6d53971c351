internal import Synchronization

/// Shows on a terminal how far the things are that a plan waits for, one line each.
///
///     let bars = ProgressBars { print($0, terminator: "") }
///     configuration.waitingHook = { bars.show($0) }
public final class ProgressBars: Sendable {
    private let feed: ProgressFeed

    /// Bars that are written, with the codes that move the cursor of a terminal, by `write`.
    public init(write: @escaping @Sendable (String) -> Void) {
        let drawnLines = Mutex(0)
        feed = ProgressFeed { progress in
            let text = drawnLines.withLock { drawn in
                // The last lines stay where they are.
                guard !progress.isEmpty else {
                    drawn = 0
                    return "\n"
                }
                let back = drawn > 1 ? "\u{1B}[\(drawn - 1)A" : ""
                drawn = progress.count
                return "\r" + back + progress.map { Self.line($0) + "\u{1B}[K" }.joined(separator: "\n")
            }
            write(text)
        }
    }

    /// Shows how far these are, until the next call. Nil: the wait is over.
    public func show(_ statuses: [Status]?) { feed.follow(statuses) }

    /// For example `motor1:  45% |#########           | 0.45 of 1.0 mm  1.2 s left`.
    static func line(_ progress: Progress) -> String {
        var line = progress.name.map { "\($0): " } ?? ""
        if let fraction = progress.fraction, fraction.isFinite {
            let done = min(max(1 - fraction, 0), 1)
            let percent = String(Int((done * 100).rounded()))
            let marks = Int((done * 20).rounded())
            line += String(repeating: " ", count: 3 - percent.count) + percent + "% |"
            line += String(repeating: "#", count: marks) + String(repeating: " ", count: 20 - marks) + "|"
        }
        if let current = progress.current, let target = progress.target {
            line +=
                " \(short(current, progress)) of \(short(target, progress))" + (progress.unit.map { " \($0)" } ?? "")
        }
        if let rest = progress.timeRemaining, rest > 0 { line += "  \(short(rest, Progress(precision: 1))) s left" }
        return line
    }

    private static func short(_ value: Double, _ progress: Progress) -> String {
        let scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6]
        let scale = scales[min(max(progress.precision ?? 3, 0), scales.count - 1)]
        let rounded = (value * scale).rounded() / scale
        return rounded.isFinite ? "\(rounded)" : "\(value)"
    }
}
