import TerminalKit
import Testing

struct KeyDecoderTests {
    private func keys(_ text: String) -> [Key] {
        var decoder = KeyDecoder()
        return decoder.decode(text.utf8) + decoder.flush()
    }

    @Test(arguments: [
        ("a", Key.character("a")), ("?", .character("?")), (" ", .character(" ")), ("é", .character("é")),
        ("日", .character("日")), ("🙂", .character("🙂")), ("\r", .enter), ("\n", .enter), ("\t", .tab),
        ("\u{7F}", .backspace),
        ("\u{C}", .control("l")), ("\u{1B}", .escape), ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[C", .right),
        ("\u{1B}[D", .left), ("\u{1B}[1;2A", .shiftUp), ("\u{1B}[1;2B", .shiftDown), ("\u{1B}[5~", .pageUp),
        ("\u{1B}[6~", .pageDown), ("\u{1B}[H", .home), ("\u{1B}[1~", .home), ("\u{1B}OF", .end), ("\u{1B}[4~", .end),
        ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert), ("\u{1B}[Z", .backTab), ("\u{1B}[15~", .other),
        ("\u{1B}x", .other),
        ("\u{1B}[[A", .other), ("\u{0}", .other),
    ])
    func `keys are known by what terminals send for them`(text: String, key: Key) {
        #expect(keys(text) == [key])
    }

    @Test func `keys may come in pieces, or many at once`() {
        var decoder = KeyDecoder()
        let text = "a\u{1B}[5~\u{1B}OAé\u{1B}[1;2Bq"
        var found: [Key] = []
        for byte in text.utf8 { found += decoder.decode([byte]) }
        #expect(found == keys(text))
        #expect(keys(text) == [.character("a"), .pageUp, .up, .character("é"), .shiftDown, .character("q")])
    }

    @Test func `the escape key is one when nothing follows`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode([0x1B]).isEmpty)
        #expect(decoder.isUndecided)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isUndecided)
        #expect(decoder.decode([0x1B, 0x1B, 0x5B, 0x41]) == [.escape, .up])
    }

    @Test func `pasted text is no key`() {
        var decoder = KeyDecoder()
        #expect(decoder.decode("j\u{1B}[200~Hy\u{1B}[A q\u{1B}[20".utf8) == [.character("j")])
        #expect(!decoder.isUndecided)
        #expect(decoder.flush().isEmpty)
        #expect(decoder.decode("y1~Hy".utf8).isEmpty)
        #expect(decoder.decode("\u{1B}[201~k".utf8) == [.character("k")])
    }

    @Test func `bytes that are no text do no harm`() {
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                var decoder = KeyDecoder()
                _ = decoder.decode([first, second])
                _ = decoder.flush()
                if decoder.decode([0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E, 0x71]).last != .character("q") {
                    Issue.record("\(first) \(second)")
                }
            }
        }
        var decoder = KeyDecoder()
        #expect(decoder.decode(Array(repeating: 0x3B, count: 100_000)).count == 100_000)
        _ = decoder.decode([0x1B, 0x5B] + Array(repeating: 0x3B, count: 10_000))
        #expect(decoder.decode("q".utf8).last == .character("q"))
    }
}
