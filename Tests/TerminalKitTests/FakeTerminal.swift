/// A terminal that understands what ``ScreenPainter`` sends. A wide character takes as many columns as it is told, so
/// that tests can be terminals that disagree.
struct FakeTerminal {
    private(set) var cells: [[String]]
    private(set) var styles: [[String]]
    private var row = 0
    private var column = 0
    private var style = "0"
    private let wideColumns: Int

    init(rows: Int, columns: Int, wideColumns: Int = 2) {
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
        styles = Array(repeating: Array(repeating: "0", count: columns), count: rows)
        self.wideColumns = wideColumns
    }

    var lines: [String] { cells.map { $0.joined() } }

    mutating func take(_ text: String) {
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\u{1B}" {
                let sequence = rest.dropFirst().prefix { !$0.isLetter }
                rest = rest.dropFirst(1 + sequence.count)
                carryOut(rest.removeFirst(), String(sequence))
            } else {
                put(String(character), columns: "日本🙂".contains(character) ? wideColumns : 1)
            }
        }
    }

    private mutating func put(_ text: String, columns: Int) {
        guard column < cells[row].count else { return }
        cells[row][column] = text
        styles[row][column] = style
        if columns == 2, column + 1 < cells[row].count { cells[row][column + 1] = "" }
        column += columns
    }

    private mutating func carryOut(_ command: Character, _ parameters: String) {
        switch command {
        case "H":
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            (row, column) = (numbers[0] - 1, numbers[1] - 1)
        case "J":
            for row in cells.indices { erase(row) }
        case "K": erase(row)
        case "m": style = parameters
        default: fatalError("not expected: \(command)")
        }
    }

    private mutating func erase(_ row: Int) {
        cells[row] = cells[row].map { _ in " " }
        styles[row] = styles[row].map { _ in "0" }
    }
}
