internal import TerminalKit

/// Rows of cells, printed in columns that fit the display.
struct Table {
    /// A column.
    struct Column {
        let title: String
        var isNumber = false
        /// To how many columns of the display the column may be narrowed; nil if it is always as wide as its cells.
        var minimum: Int?
        /// What a cell shortens to when the table is too wide; tried before any column is narrowed.
        var short: (@Sendable (String) -> String)?
    }

    /// A cell: a text and its style.
    struct Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        var text: String
        var style: Display.Style?

        init(_ text: String, _ style: Display.Style? = nil) {
            self.text = text.onOneLine
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []
    private static let gap = 2

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; missing cells are empty.
    mutating func append(_ cells: [Cell]) {
        let missing = max(0, columns.count - cells.count)
        rows.append(Array(cells.prefix(columns.count)) + Array(repeating: "", count: missing))
    }

    /// The table as lines, titles first.
    func text(on display: Display) -> String {
        var rows = rows
        if width(of: naturalWidths(rows)) > display.width {
            for (index, column) in columns.enumerated() {
                guard let short = column.short else { continue }
                for row in rows.indices { rows[row][index].text = short(rows[row][index].text) }
            }
        }
        let widths = fit(naturalWidths(rows), into: display.width)
        let titles = columns.map { Cell($0.title, .bold) }
        return ([titles] + rows).map { line($0, widths, display) }.joined(separator: "\n")
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ display: Display) -> String {
        var line = ""
        // Padding is added when something follows, so that no line ends in spaces.
        var pending = 0
        for (index, cell) in cells.enumerated() {
            let text = cell.text.cut(toColumns: widths[index])
            let padding = widths[index] - text.columns
            if !text.isEmpty {
                line += String(repeating: " ", count: pending + (columns[index].isNumber ? padding : 0))
                line += display.styled(text, cell.style)
                pending = columns[index].isNumber ? 0 : padding
            } else {
                pending += widths[index]
            }
            pending += Table.gap
        }
        return line
    }

    private func naturalWidths(_ rows: [[Cell]]) -> [Int] {
        columns.indices.map { index in
            rows.reduce(columns[index].title.columns) { max($0, $1[index].text.columns) }
        }
    }

    private func width(of widths: [Int]) -> Int {
        widths.reduce(0, +) + max(0, widths.count - 1) * Table.gap
    }

    /// Takes characters from the widest of the columns that may be narrowed until all fit or none may.
    private func fit(_ widths: [Int], into limit: Int) -> [Int] {
        var widths = widths
        var excess = width(of: widths) - limit
        while excess > 0 {
            let candidates = columns.indices.filter {
                widths[$0] > max(columns[$0].minimum ?? .max, columns[$0].title.columns)
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}
