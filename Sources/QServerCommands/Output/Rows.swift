internal import TerminalKit

/// Names and values, one below the other, the values aligned.
struct Rows {
    private var rows: [(name: String, value: Table.Cell)] = []

    /// Adds a row.
    mutating func append(_ name: String, _ value: String, _ style: Display.Style? = nil) {
        rows.append((name, Table.Cell(value, style)))
    }

    /// The rows as lines; long values go on in the next line.
    func text(on display: Display) -> String {
        let width = rows.map(\.name.columns).max() ?? 0
        return rows.map { name, value in
            let lines = wrap(value.text, to: max(20, display.width - width - 2))
            return lines.enumerated().map { index, line in
                (index == 0 ? name : "").padded(to: width) + "  " + display.styled(line, value.style)
            }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func wrap(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if line.isEmpty {
                line = String(word)
            } else if line.columns + 1 + String(word).columns <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }
}
