/// How many rows and columns a terminal has.
package struct ScreenSize: Sendable, Hashable {
    package var rows: Int
    package var columns: Int

    package init(rows: Int, columns: Int) {
        self.rows = max(rows, 1)
        self.columns = max(columns, 1)
    }
}

/// What is to be seen: a glyph and a style for each place of the terminal.
package struct Screen: Sendable, Equatable {
    /// One place. The place to the right of a wide glyph is empty.
    struct Cell: Sendable, Equatable {
        static let blank = Cell(text: " ", style: .plain, isPlain: true)

        var text: String
        var style: Style
        /// Whether any terminal gives it the width that it has here.
        var isPlain: Bool
    }

    package let size: ScreenSize
    private(set) var rows: [[Cell]]

    /// An empty screen.
    package init(size: ScreenSize) {
        self.size = size
        rows = Array(repeating: Array(repeating: .blank, count: size.columns), count: size.rows)
    }

    /// Writes a text; what is not on the screen, or beyond `width` columns, is cut off.
    ///
    /// - Returns: How many columns were written.
    @discardableResult
    package mutating func write(
        _ text: String,
        row: Int,
        column: Int,
        width: Int = .max,
        style: Style = .plain
    ) -> Int {
        write(Glyph.glyphs(of: text), row: row, column: column, width: width, style: style)
    }

    /// Writes glyphs; what is not on the screen, or beyond `width` columns, is cut off.
    ///
    /// - Returns: How many columns were written.
    @discardableResult
    package mutating func write(
        _ glyphs: some Sequence<Glyph>,
        row: Int,
        column: Int,
        width: Int = .max,
        style: Style = .plain
    ) -> Int {
        guard rows.indices.contains(row), column >= 0 else { return 0 }
        let end = min(size.columns, width < size.columns ? column + width : size.columns)
        var position = column
        for glyph in glyphs {
            guard position + glyph.columns <= end else { break }
            clearHalves(row, position..<position + glyph.columns)
            rows[row][position] = Cell(text: glyph.text, style: style, isPlain: glyph.isPlain)
            if glyph.columns == 2 { rows[row][position + 1] = Cell(text: "", style: style, isPlain: false) }
            position += glyph.columns
        }
        return position - column
    }

    /// Fills a part of a row with spaces of this style.
    package mutating func fill(row: Int, column: Int = 0, width: Int = .max, style: Style) {
        let end = min(size.columns, width < size.columns ? column + width : size.columns)
        guard column < end else { return }
        write(Glyph.glyphs(of: String(repeating: " ", count: end - column)), row: row, column: column, style: style)
    }

    /// Draws what is there in another style.
    package mutating func restyle(row: Int, column: Int, width: Int, _ change: (inout Style) -> Void) {
        guard rows.indices.contains(row) else { return }
        for column in max(column, 0)..<max(column, 0, min(column + width, size.columns)) {
            change(&rows[row][column].style)
        }
    }

    /// The lines as text, without spaces at their ends.
    package var lines: [String] {
        rows.map { row in
            var line = row.map(\.text).joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Half of a wide glyph cannot stay.
    private mutating func clearHalves(_ row: Int, _ columns: Range<Int>) {
        if rows[row][columns.lowerBound].text.isEmpty { rows[row][columns.lowerBound - 1] = .blank }
        if columns.upperBound < size.columns, rows[row][columns.upperBound].text.isEmpty {
            rows[row][columns.upperBound] = .blank
        }
    }
}
