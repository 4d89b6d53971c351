/// Makes what to send to a terminal, so that it shows a screen.
package struct ScreenPainter: Sendable {
    /// Whether colours may be used; bold and reversed text are used in any case.
    package var usesColor: Bool
    /// Whether the terminal takes UTF-8. If not, lines are drawn with ASCII and other characters become `?`.
    package var usesUnicode: Bool

    package init(usesColor: Bool = true, usesUnicode: Bool = true) {
        self.usesColor = usesColor
        self.usesUnicode = usesUnicode
    }

    /// Takes over the terminal: what was on it is kept aside, the cursor is hidden, lines do not wrap, and pasted text
    /// is marked so that it is not taken for keys.
    package static let begin = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[?2004h\u{1B}[0m\u{1B}[2J"
    /// Gives the terminal back as it was.
    package static let end = "\u{1B}[0m\u{1B}[?2004l\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    /// What turns `old` into `new`; nothing if they are equal. Without an old screen, or with one of another size, the
    /// terminal is erased before.
    package func update(from old: Screen?, to new: Screen) -> String {
        var output = ""
        var style = Style.plain
        let old = old?.size == new.size ? old : nil
        if old == nil { output += "\u{1B}[0m\u{1B}[2J" }
        for row in new.rows.indices where old?.rows[row] != new.rows[row] {
            draw(row, old?.rows[row], new.rows[row], &style, &output)
        }
        if style != .plain { output += "\u{1B}[0m" }
        return output
    }

    private func draw(
        _ row: Int,
        _ old: [Screen.Cell]?,
        _ new: [Screen.Cell],
        _ style: inout Style,
        _ output: inout String
    ) {
        var old = old
        if let cells = old, !(cells.allSatisfy(\.isPlain) && new.allSatisfy(\.isPlain)) {
            // Where characters have other widths than expected, only an erased line has nothing left over.
            change(&style, to: .plain, &output)
            output += "\u{1B}[\(row + 1);1H\u{1B}[2K"
            old = nil
        }
        var cursor: Int?
        for (column, cell) in new.enumerated() where !cell.text.isEmpty {
            // A row without an old one has been erased.
            if (old?[column] ?? .blank) == cell { continue }
            if cursor != column { output += "\u{1B}[\(row + 1);\(column + 1)H" }
            change(&style, to: cell.style, &output)
            output += usesUnicode ? cell.text : ScreenPainter.ascii(cell.text)
            cursor = cell.isPlain || !usesUnicode ? column + 1 : nil
        }
    }

    private func change(_ style: inout Style, to new: Style, _ output: inout String) {
        var new = new
        if !usesColor { new.color = nil }
        if style == new { return }
        style = new
        output += "\u{1B}[0"
        if style.isBold { output += ";1" }
        if style.isDim { output += ";2" }
        if style.isReversed { output += ";7" }
        if let color = style.color { output += ";3\(color.rawValue)" }
        output += "m"
    }

    private static func ascii(_ text: String) -> String {
        if text.utf8.count == 1 { return text }
        return switch text {
        case "─", "…", "–", "—": "-"
        case "│": "|"
        case "█": "#"
        case "░", "·": "."
        case "↑": "^"
        case "↓": "v"
        case "▶": ">"
        default: "?"
        }
    }
}
