/// Text as a terminal of unlimited size would show it, where carriage returns, "cursor up" and "erase line" overwrite
/// what was there, as progress bars do. Other control sequences leave no trace.
struct TerminalText {
    private var rows: [[Unicode.Scalar]] = [[]]
    private var row = 0
    private var column = 0

    /// The lines, without line breaks or spaces that were left behind at their ends.
    var lines: [String] {
        rows.map { row in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: row)
            while text.last == " " { text.removeLast() }
            return String(text)
        }
    }

    /// Writes a text at the cursor.
    mutating func write(_ text: String) {
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch scalar {
            case "\n":
                row += 1
                column = 0
                if row == rows.count { rows.append([]) }
            case "\r": column = 0
            case "\u{8}": column = max(column - 1, 0)
            case "\u{1B}": carryOutSequence(&scalars)
            case "\t": put(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
            default: put(scalar)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        while rows[row].count < column { rows[row].append(" ") }
        if column < rows[row].count {
            rows[row][column] = scalar
        } else {
            rows[row].append(scalar)
        }
        column += 1
    }

    /// Reads the rest of a sequence that an escape character has begun.
    private mutating func carryOutSequence(_ scalars: inout String.UnicodeScalarView.Iterator) {
        guard scalars.next() == "[" else { return }
        var digits = ""
        while let scalar = scalars.next() {
            if (0x30...0x3F).contains(scalar.value) {
                digits.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "A": row = max(row - max(Int(digits) ?? 1, 1), 0)
            case "B": row = min(row + max(Int(digits) ?? 1, 1), rows.count - 1)
            case "K" where digits.isEmpty || digits == "0":
                if column < rows[row].count { rows[row].removeSubrange(column...) }
            case "K": rows[row].removeAll()
            default: break
            }
            return
        }
    }
}
