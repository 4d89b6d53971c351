internal import QueueClient
internal import TerminalKit

/// The last two rows: what was said last, and the keys that make sense now.
enum FooterView {
    static func draw(_ model: MonitorModel, on screen: inout Screen) {
        let width = model.size.columns
        let row = model.size.rows - 2
        if case .question(let command, _) = model.overlay, let question = command.question {
            screen.fill(row: row, style: .yellow.reversed)
            let answers = "  y: yes   n: no"
            let text = question.cut(toColumns: width - answers.count - 2)
            let spans = [Span(" \(text)", .yellow.bold.reversed), Span(answers, .yellow.reversed)]
            screen.write(spans, row: row, column: 0, width: width)
        } else if let message = message(model) {
            draw(message, lastRow: row, on: &screen)
        }
        screen.write(hints(model), row: row + 1, column: 1, width: width - 1)
    }

    /// Draws a message; a long one takes rows from what is above.
    private static func draw(_ message: Span, lastRow: Int, on screen: inout Screen) {
        let columns = screen.size.columns - 2
        let paragraphs = message.text.safeLines.filter { !$0.isEmpty }.map(Glyph.glyphs)
        let lines = paragraphs.flatMap { Glyph.wrapped($0, columns: columns, atWords: true) }.prefix(longestMessage)
        let firstRow = lastRow + 1 - lines.count
        if lines.count > 1 { screen.fill(row: firstRow - 1, style: .plain) }
        for (index, line) in lines.enumerated() {
            screen.fill(row: firstRow + index, style: .plain)
            screen.write(line, row: firstRow + index, column: 1, style: message.style)
        }
    }

    /// How many rows a message may take.
    private static let longestMessage = 6

    private static func message(_ model: MonitorModel) -> Span? {
        if let notice = model.notice {
            switch notice.kind {
            case .progress: return Span(notice.text, .cyan)
            case .success: return Span(notice.text, .green)
            case .failure: return Span(notice.text, .red.bold)
            }
        }
        if model.link.isStale(at: model.now.uptime), let error = model.link.error {
            return Span(error.description, .red.bold)
        }
        return nil
    }

    private static func hints(_ model: MonitorModel) -> [Span] {
        var spans: [Span] = []
        func add(_ label: String, _ meaning: String) {
            if !spans.isEmpty { spans.append(Span("  ")) }
            spans += [Span(label, .bold), Span(" \(meaning)", .dim)]
        }
        switch model.overlay {
        case .help, .details: add("↑ ↓", "scroll"); add("any other key", "back")
        case .question: add("y", "yes"); add("n", "no")
        case nil:
            for action in actions(model.status) + [.nextPane, .help, .quit] {
                if let binding = KeyBinding.of(action) { add(binding.label, binding.hint) }
            }
        }
        return spans
    }

    /// What the manager would accept now.
    private static func actions(_ status: ManagerStatus?) -> [KeyAction] {
        guard let status else { return [] }
        if status.isPaused { return [.resume, .stop, .abort, .halt] }
        if status.runningItemUID != nil { return [.pause, .pauseNow, .stopQueue] }
        if !status.isIdle { return [] }
        return status.workerEnvironmentExists ? [.startQueue, .closeEnvironment] : [.openEnvironment]
    }
}
