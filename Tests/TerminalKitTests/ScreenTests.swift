import Testing

@testable import TerminalKit

struct ScreenTests {
    private let size = ScreenSize(rows: 3, columns: 10)

    private func screen(_ lines: String...) -> Screen {
        var screen = Screen(size: size)
        for (row, line) in lines.enumerated() { screen.write(line, row: row, column: 0) }
        return screen
    }

    @Test func `what does not fit is cut off`() {
        var screen = Screen(size: size)
        #expect(screen.write("abcdefghijkl", row: 0, column: 4) == 6)
        #expect(screen.write("日本語", row: 1, column: 5) == 4)
        #expect(screen.write("xyz", row: 2, column: 0, width: 2) == 2)
        #expect(screen.write("x", row: 3, column: 0) == 0)
        #expect(screen.write("x", row: -1, column: 0) == 0)
        #expect(screen.lines == ["    abcdef", "     日本", "xy"])
    }

    @Test func `half of a wide glyph does not stay`() {
        var screen = screen("日本語")
        screen.write("x", row: 0, column: 1)
        #expect(screen.lines[0] == " x本語")
        screen.write("y", row: 0, column: 4)
        #expect(screen.lines[0] == " x本y")
    }

    @Test func `equal screens need nothing to be sent`() {
        let one = screen("abc", "日本", "x")
        #expect(ScreenPainter().update(from: one, to: one).isEmpty)
    }

    @Test func `only what has changed is sent`() {
        let update = ScreenPainter().update(from: screen("abcdef", "123"), to: screen("abXdef", "123"))
        #expect(update == "\u{1B}[1;3HX")
    }

    @Test(arguments: [1, 2])
    func `any sequence of screens is shown, whatever width the terminal gives to wide glyphs`(wideColumns: Int) {
        var random = SystemRandomNumberGenerator()
        let words = ["a", "bc", "日本", "🙂", "  ", "─", "xyz", "é"]
        var terminal = FakeTerminal(rows: 3, columns: 10, wideColumns: wideColumns)
        var last: Screen?
        for step in 0..<400 {
            var next = step % 50 == 0 ? Screen(size: size) : last ?? Screen(size: size)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let word = words.randomElement(using: &random) ?? ""
                let style: Style = Bool.random(using: &random) ? .plain : .red.bold
                next.write(
                    word,
                    row: Int.random(in: 0..<3, using: &random),
                    column: Int.random(in: 0..<10, using: &random),
                    style: style
                )
            }
            terminal.take(ScreenPainter().update(from: last, to: next))
            last = next
            for (row, cells) in next.rows.enumerated() {
                for (column, cell) in cells.enumerated() where !cell.text.isEmpty {
                    // The place beside a glyph that came out narrower stays blank.
                    #expect(terminal.cells[row][column] == cell.text, "step \(step), row \(row), column \(column)")
                    #expect(terminal.styles[row][column] == (cell.style == .plain ? "0" : "0;1;31"))
                }
            }
        }
    }

    @Test func `a screen of another size is drawn as a whole`() {
        let update = ScreenPainter().update(from: Screen(size: ScreenSize(rows: 2, columns: 5)), to: screen("abc"))
        #expect(update.hasPrefix("\u{1B}[0m\u{1B}[2J"))
        #expect(update.contains("abc"))
    }

    @Test func `without colours and without UTF-8 the text is still there`() {
        var screen = Screen(size: size)
        screen.write("─ é 日 █", row: 0, column: 0, style: .red.bold)
        let update = ScreenPainter(usesColor: false, usesUnicode: false).update(from: nil, to: screen)
        #expect(update.utf8.allSatisfy { $0 < 0x80 })
        #expect(update.contains("\u{1B}[0;1m"))
        var terminal = FakeTerminal(rows: 3, columns: 10)
        terminal.take(update)
        #expect(terminal.lines[0] == "- ? ?  #  ")
    }

    @Test(arguments: [
        ([:], true, true), (["LANG": "C"], true, false), (["LANG": "de_DE.UTF-8"], true, true),
        (["LANG": "C", "LC_ALL": "C.utf8"], true, true), (["LC_CTYPE": "POSIX", "LANG": "C.UTF-8"], true, false),
        (["NO_COLOR": "1"], false, true), (["NO_COLOR": "", "LC_ALL": ""], true, true),
    ])
    func `the environment tells what the terminal can`(
        environment: [String: String],
        usesColor: Bool,
        usesUnicode: Bool
    ) {
        let painter = ScreenPainter(environment: environment)
        #expect(painter.usesColor == usesColor)
        #expect(painter.usesUnicode == usesUnicode)
    }
}
