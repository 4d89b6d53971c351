/// Text as a terminal would show it, where carriage returns, "cursor up" and "erase line" overwrite what was there, as
/// progress bars do. Other control sequences leave no trace.
///
/// A sequence may begin in one piece of text and end in the next.
package struct TerminalText: Sendable {
    private enum State {
        case text
        case escape
        /// In a sequence such as `ESC [ 1 A`, with its parameters so far.
        case sequence(String)
        /// In a title or the like, which ends with BEL or `ESC \`.
        case title
    }

    private let rowLimit: Int
    private let columnLimit: Int
    private var rows: [[Unicode.Scalar]] = [[]]
    private var row = 0
    private var column = 0
    private var state = State.text
    /// How many rows were dropped at the beginning because there were too many.
    package private(set) var droppedRows = 0

    /// No text.
    ///
    /// - Parameters:
    ///   - rowLimit: How many rows are kept; the oldest go first, some more at a time.
    ///   - columnLimit: How many characters of a row are kept; the others are dropped.
    package init(rowLimit: Int = .max, columnLimit: Int = .max) {
        self.rowLimit = max(rowLimit, 1)
        self.columnLimit = columnLimit
    }

    /// The lines, without line breaks or spaces that were left behind at their ends.
    package var lines: [String] { rows.indices.map { line($0) } }

    /// How many rows there are, with the one after the last line break.
    package var rowCount: Int { rows.count }

    /// One of the lines.
    package func line(_ index: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: rows[index])
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// Writes a text at the cursor.
    package mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            switch state {
            case .text: write(scalar)
            case .escape:
                state =
                    switch scalar {
                    case "[": .sequence("")
                    case "]", "P", "_", "^": .title
                    default: .text
                    }
            case .sequence(let parameters):
                if (0x20...0x3F).contains(scalar.value) {
                    // Nothing that is meant needs more; what came wrong must not grow.
                    state = .sequence(parameters.utf8.count < 32 ? parameters + String(scalar) : parameters)
                } else {
                    state = .text
                    carryOut(scalar, parameters)
                }
            case .title:
                if scalar == "\u{7}" || scalar == "\n" { state = .text }
                if scalar == "\u{1B}" { state = .escape }
            }
        }
        if rows.count - rowLimit > rowLimit / 8 { dropRows(rows.count - rowLimit) }
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\n":
            row += 1
            column = 0
            if row == rows.count { rows.append([]) }
        case "\r": column = 0
        case "\u{8}": column = max(column - 1, 0)
        case "\u{1B}": state = .escape
        case "\t": put(scalar)
        case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
        default: put(scalar)
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        guard column < columnLimit else { return }
        while rows[row].count < column { rows[row].append(" ") }
        if column < rows[row].count {
            rows[row][column] = scalar
        } else {
            rows[row].append(scalar)
        }
        column += 1
    }

    private mutating func carryOut(_ command: Unicode.Scalar, _ parameters: String) {
        switch command {
        case "A": row = max(row - max(Int(parameters) ?? 1, 1), 0)
        case "B": row = min(row + max(Int(parameters) ?? 1, 1), rows.count - 1)
        case "K" where parameters.isEmpty || parameters == "0":
            if column < rows[row].count { rows[row].removeSubrange(column...) }
        case "K": rows[row].removeAll()
        default: break
        }
    }

    private mutating func dropRows(_ count: Int) {
        rows.removeFirst(count)
        row = max(row - count, 0)
        droppedRows += count
    }
}
