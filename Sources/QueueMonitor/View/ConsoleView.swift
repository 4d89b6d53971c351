internal import QueueClient
internal import TerminalKit

/// The console output, long lines broken. Of a line of the log, only the time and the text are shown.
enum ConsoleView {
    private struct Row {
        var glyphs: ArraySlice<Glyph>
        var style = Style.plain
    }

    static func draw(_ model: MonitorModel, in area: Layout.Area, on screen: inout Screen) {
        let below = model.console.linesBelow
        screen.writeTitle(
            [Span("Console", model.focus == .console ? .cyan.bold : .bold)],
            note: below > 0 ? "\(count(below, "line")) below; End follows" : "",
            isFocused: model.focus == .console,
            in: area
        )
        let rows = rows(model.console, height: max(0, area.rows - 1), columns: area.columns)
        for (index, row) in rows.enumerated() {
            screen.write(
                row.glyphs,
                row: area.row + 1 + index,
                column: area.column,
                width: area.columns,
                style: row.style
            )
        }
    }

    /// The rows to show: as many as fit, the newest at the bottom once there are enough.
    private static func rows(_ console: Console, height: Int, columns: Int) -> [Row] {
        guard let bottom = console.bottomNumber, columns > 0 else { return [] }
        var rows: [Row] = []
        var number = bottom
        while number >= console.numbers.lowerBound, rows.count < height {
            rows = ConsoleView.rows(of: console.line(number), columns: columns) + rows
            number -= 1
        }
        return rows.suffix(height)
    }

    private static func rows(of line: String, columns: Int) -> [Row] {
        guard let log = LogLine(line) else { return wrapped(line, .plain, columns: columns) }
        let text = "\(log.time) \(log.text)"
        switch log.level {
        // What needs no attention takes one row, so that the output of plans stays in view.
        case .debug, .info: return [Row(glyphs: Glyph.glyphs(of: text.cut(toColumns: columns))[...], style: .dim)]
        case .warning: return wrapped(text, .yellow, columns: columns)
        case .error, .critical: return wrapped(text, .red, columns: columns)
        }
    }

    private static func wrapped(_ text: String, _ style: Style, columns: Int) -> [Row] {
        Glyph.wrapped(Glyph.glyphs(of: text), columns: columns).map { Row(glyphs: $0, style: style) }
    }
}
