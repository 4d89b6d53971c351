import Testing

@testable import Manager

struct ConsoleLogTests {
    @Test func `a client gets what has come since it asked last`() {
        var log = ConsoleLog()
        log.append("one\n", at: 1)
        let uid = log.uid
        #expect(Array(log.messages(after: uid)) == [])
        log.append("two\n", at: 2)
        log.append("three\n", at: 3)
        #expect(log.messages(after: uid).map(\.text) == ["two\n", "three\n"])
        #expect(log.messages(after: "ALL").map(\.time) == [1, 2, 3])
        #expect(log.uid != uid)
    }

    @Test func `a UID that is not known brings nothing`() {
        var log = ConsoleLog()
        log.append("one\n", at: 1)
        let other = ConsoleLog()
        for uid in ["", "x", other.uid, log.uid + "0", log.uid.dropLast() + "-1", log.uid.dropLast() + "99999"] {
            #expect(log.messages(after: String(uid)).isEmpty, "\(uid)")
        }
    }

    @Test func `the oldest messages go when there are too many, and too large ones`() {
        var log = ConsoleLog()
        let first = log.uid
        for number in 0..<(ConsoleLog.capacity + 5) { log.append("\(number)\n", at: 0) }
        #expect(log.messages(after: "ALL").count == ConsoleLog.capacity)
        #expect(log.messages(after: "ALL").first?.text == "5\n")
        #expect(log.messages(after: first).isEmpty)
        let large = String(repeating: "x", count: ConsoleLog.byteCapacity)
        log.append(large, at: 0)
        #expect(log.messages(after: "ALL").map(\.text) == [large])
        log.append("end", at: 0)
        #expect(log.messages(after: "ALL").map(\.text) == ["end"])
    }

    @Test func `the text has the last lines, whole or not`() {
        var log = ConsoleLog()
        #expect(log.text(lastLines: 5) == "")
        log.append("one\ntwo\nth", at: 0)
        #expect(log.text(lastLines: 2) == "two\nth")
        log.append("ree\n", at: 0)
        #expect(log.text(lastLines: 2) == "two\nthree\n")
        #expect(log.text(lastLines: 100) == "one\ntwo\nthree\n")
        #expect(log.text(lastLines: 0) == "")
    }
}

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
}
