internal import TerminalKit

/// A piece of text in one style.
struct Span: Sendable, Hashable {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

extension Screen {
    /// Writes spans one after the other; what is too much ends in `…`.
    mutating func write(_ spans: [Span], row: Int, column: Int, width: Int) {
        var left = width
        var column = column
        for span in spans where left > 0 {
            let text = span.text.cut(toColumns: left)
            let count = write(text, row: row, column: column, width: left, style: span.style)
            column += count
            left -= count
            if text != span.text { return }
        }
    }

    /// Writes spans so that they end at the end of an area of this width.
    mutating func writeAtEnd(_ spans: [Span], row: Int, column: Int, width: Int) {
        let length = spans.reduce(0) { $0 + $1.text.columns }
        write(spans, row: row, column: column + max(0, width - length), width: min(width, length))
    }

    /// Draws the title of an area in its first row: a line with texts at its beginning and its end.
    mutating func writeTitle(_ spans: [Span], note: String = "", isFocused: Bool = false, in area: Layout.Area) {
        guard area.rows > 0 else { return }
        let line = isFocused ? Style.cyan.bold : Style.dim
        let dashes = String(repeating: "─", count: area.columns)
        write(dashes, row: area.row, column: area.column, width: area.columns, style: line)
        let spans = [Span("─ ", line)] + spans + [Span(" ", line)]
        write(spans, row: area.row, column: area.column, width: area.columns)
        if !note.isEmpty {
            let room = area.columns - spans.reduce(0) { $0 + $1.text.columns } - 2
            let note = " \(note) ".cut(toColumns: max(0, room))
            writeAtEnd([Span(note, line), Span("─", line)], row: area.row, column: area.column, width: area.columns)
        }
    }
}
