internal import QueueClient
internal import Synchronization
internal import TerminalKit

/// Console output and the progress of devices, as they are shown below one another.
final class ConsoleView: Sendable {
    private struct State {
        var text: ConsoleText
        var bar = ""
        var lastShown: ContinuousClock.Instant?
    }

    private let output: Output
    private let state: Mutex<State>
    /// When output was shown last; nil if none was.
    var lastShown: ContinuousClock.Instant? { state.withLock { $0.lastShown } }

    init(_ output: Output) {
        self.output = output
        state = Mutex(State(text: ConsoleText(isTerminal: output.display.isTerminal)))
    }

    /// Shows a piece of console output.
    func show(_ piece: String) {
        state.withLock { state in
            let text = state.text.add(piece)
            guard !text.isEmpty else { return }
            output.write((state.bar.isEmpty ? "" : "\r\u{1B}[K") + text)
            state.bar = ""
            state.lastShown = .now
        }
    }

    /// Shows how far the devices are, on one line that is written over; no devices erase it.
    func show(_ devices: [DeviceProgress]) {
        state.withLock { state in
            guard state.text.isAtLineStart else { return }
            let bar = devices.map(ConsoleView.bar).joined(separator: "   ").cut(toColumns: output.display.width - 1)
            guard bar != state.bar else { return }
            output.write("\r\u{1B}[K" + output.display.styled(bar, .dim))
            state.bar = bar
        }
    }

    /// For example `motor1 45% of 0 to 1.5 mm, 1.2 s left`.
    static func bar(_ device: DeviceProgress) -> String {
        var parts = [(device.name ?? "?").onOneLine]
        if let left = device.fraction, left.isFinite {
            let percent = Int((min(max(1 - left, 0), 1) * 100).rounded())
            let marks = percent / 10
            parts.append(
                "\(percent)%".padded(to: 4, atStart: true) + " ["
                    + String(repeating: "#", count: marks) + String(repeating: " ", count: 10 - marks) + "]"
            )
        }
        if let current = device.current, let target = device.target {
            let unit = device.unit.map { " " + $0.onOneLine } ?? ""
            parts.append("\(rounded(current, device)) of \(rounded(target, device))\(unit)")
        }
        if let rest = device.timeRemaining, rest > 0 { parts.append("\(Clock.duration(rest)) left") }
        return parts.joined(separator: " ")
    }

    private static func rounded(_ value: Double, _ device: DeviceProgress) -> String {
        var scale = 1.0
        for _ in 0..<min(max(device.precision ?? 3, 0), 6) { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded.isFinite ? "\(rounded)" : "\(value)"
    }
}
