import TerminalKit
import Testing

struct TerminalTextTests {
    private func lines(_ text: String) -> [String] {
        var terminal = TerminalText()
        terminal.write(text)
        return terminal.lines
    }

    @Test func `a carriage return lets later text overwrite earlier text`() {
        #expect(lines("abcdef\rxyz") == ["xyzdef"])
        #expect(lines("abcdef\rxyz\u{1B}[K") == ["xyz"])
        #expect(lines("abc\r\ndef\n") == ["abc", "def", ""])
        #expect(lines("abc\u{8}\u{8}x") == ["axc"])
    }

    @Test func `bars of several lines are redrawn in their place`() {
        let text = "head\n\rm1: 10%\u{1B}[K\nm2: 20%\u{1B}[K\r\u{1B}[1Am1: 100%\u{1B}[K\nm2: 99%\u{1B}[K\nend"
        #expect(lines(text) == ["head", "m1: 100%", "m2: 99%", "end"])
    }

    @Test func `colours and other sequences leave no trace, and none is believed too much`() {
        #expect(lines("\u{1B}[1;31mred\u{1B}[0m\u{7}") == ["red"])
        #expect(lines("a\u{1B}[99999999999999999999Ab\u{1B}[5Bc") == ["abc"])
        #expect(lines("cut \u{1B}[") == ["cut"])
        #expect(lines("é\r日") == ["日"])
    }

    @Test func `a sequence may begin in one piece and end in the next`() {
        var terminal = TerminalText()
        for piece in ["ab\u{1B}", "[", "3", "1", "mcd\u{1B}]0;a ti", "tle\u{7}e\u{1B}]x\u{1B}", "\\f"] {
            terminal.write(piece)
        }
        #expect(terminal.lines == ["abcdef"])
    }

    @Test func `with a limit the oldest rows go, and the others keep their numbers`() {
        var terminal = TerminalText(rowLimit: 16, columnLimit: 4)
        for number in 0..<40 { terminal.write("\(number) long\n") }
        #expect(terminal.rowCount <= 18)
        #expect(terminal.droppedRows + terminal.rowCount == 41)
        #expect(terminal.line(30 - terminal.droppedRows) == "30 l")
    }

    @Test func `a sequence without an end does not grow`() {
        var terminal = TerminalText()
        terminal.write("\u{1B}[" + String(repeating: "1", count: 100_000) + "A")
        terminal.write("x")
        #expect(terminal.lines == ["x"])
    }
}
