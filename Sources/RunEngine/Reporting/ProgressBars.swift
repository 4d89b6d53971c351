internal import Synchronization

/// Shows on a terminal how far the things are that a plan waits for, one line each.
///
///     let bars = ProgressBars { print($0, terminator: "") }
///     configuration.waitingHook = { bars.show($0) }
public final class ProgressBars: Sendable {
    private struct State {
        var lines: [String] = []
        var begin = ContinuousClock.now
        var drawn = ContinuousClock.now
        /// How often something new has been shown. What is told about earlier things is ignored.
        var round = 0
        var isDrawn = false
    }

    /// A wait that is over sooner is not shown.
    private static let delay = Duration.milliseconds(200)
    /// Lines are drawn anew at most this often.
    private static let interval = Duration.milliseconds(100)

    private let write: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// Bars that are written, with the codes that move the cursor of a terminal, by `write`.
    public init(write: @escaping @Sendable (String) -> Void) { self.write = write }

    /// Shows how far these are, until the next call. Nil: the wait is over.
    public func show(_ statuses: [Status]?) {
        let (isDrawn, round) = state.withLock { state in
            defer {
                state.round += 1
                state.isDrawn = false
                state.begin = .now
                state.lines = (statuses ?? []).map { Self.line(Progress(name: $0.name)) }
            }
            return (state.isDrawn, state.round + 1)
        }
        // The last lines stay where they are.
        if isDrawn { write("\n") }
        for (index, status) in (statuses ?? []).enumerated() where !status.isDone {
            status.watch { [weak self] progress in self?.update(index, progress, name: status.name, round: round) }
        }
    }

    private func update(_ index: Int, _ progress: Progress, name: String?, round: Int) {
        let text = state.withLock { state -> String? in
            guard state.round == round, state.lines.indices.contains(index) else { return nil }
            var progress = progress
            progress.name = progress.name ?? name
            state.lines[index] = Self.line(progress)
            let now = ContinuousClock.now
            guard state.begin.duration(to: now) >= Self.delay else { return nil }
            // The end is always shown.
            guard !state.isDrawn || progress.fraction == 0 || state.drawn.duration(to: now) >= Self.interval else {
                return nil
            }
            let back = state.isDrawn && state.lines.count > 1 ? "\u{1B}[\(state.lines.count - 1)A" : ""
            state.isDrawn = true
            state.drawn = now
            return "\r" + back + state.lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n")
        }
        if let text { write(text) }
    }

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
