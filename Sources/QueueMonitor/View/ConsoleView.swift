internal import TerminalKit

/// The console output, long lines broken.
enum ConsoleView {
    static func draw(_ model: MonitorModel, in area: Layout.Area, on screen: inout Screen) {
        let below = model.console.linesBelow
        screen.writeTitle(
            [Span("Console", model.focus == .console ? .cyan.bold : .bold)],
            note: below > 0 ? "\(count(below, "line")) below; End follows" : "",
            isFocused: model.focus == .console,
            in: area
        )
        let rows = rows(model.console, height: max(0, area.rows - 1), columns: area.columns)
        for (index, glyphs) in rows.enumerated() {
            screen.write(glyphs, row: area.row + 1 + index, column: area.column, width: area.columns)
        }
    }

    /// The rows to show: as many as fit, the newest at the bottom once there are enough.
    private static func rows(_ console: Console, height: Int, columns: Int) -> [ArraySlice<Glyph>] {
        guard let bottom = console.bottomNumber, columns > 0 else { return [] }
        var rows: [ArraySlice<Glyph>] = []
        var number = bottom
        while number >= console.numbers.lowerBound, rows.count < height {
            rows = Glyph.wrapped(Glyph.glyphs(of: console.line(number)), columns: columns) + rows
            number -= 1
        }
        return rows.suffix(height)
    }
}
