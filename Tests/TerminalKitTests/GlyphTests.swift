import TerminalKit
import Testing

struct GlyphTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("ｗ", 2), ("🙂", 2), ("─█", 2), ("µ→", 2),
        ("👨\u{200D}👩\u{200D}👧", 2), ("❤\u{FE0F}", 1), ("🇩🇪", 2), ("a\u{202E}b", 2), ("\u{200B}", 0), ("a\tb", 9),
        ("\u{301}", 1),
    ])
    func `a text takes as many columns as a terminal gives it`(text: String, columns: Int) {
        #expect(text.columns == columns)
    }

    @Test func `nothing that a glyph has could change the terminal`() {
        let text = (0..<0x3000).compactMap(Unicode.Scalar.init).map { "\($0)x" }.joined()
        for glyph in Glyph.glyphs(of: text + "\u{1B}[2J\u{9B}5m\r\n\u{2028}\u{2066}") {
            for scalar in glyph.text.unicodeScalars {
                let category = scalar.properties.generalCategory
                #expect(category != .control && category != .format && category != .lineSeparator)
            }
            #expect(glyph.columns == 1 || glyph.columns == 2)
        }
    }

    @Test func `accents without end are cut off`() {
        let glyphs = Glyph.glyphs(of: "a" + String(repeating: "\u{301}", count: 1000))
        #expect(glyphs.count == 1)
        #expect(glyphs[0].text.unicodeScalars.count <= 4)
    }

    @Test func `a text that is too long is cut and says so`() {
        #expect("abcdef".cut(toColumns: 6) == "abcdef")
        #expect("abcdef".cut(toColumns: 5) == "abcd…")
        #expect("abcdéf".cut(toColumns: 5) == "abcd…")
        #expect("日本語".cut(toColumns: 5) == "日本…")
        #expect("日本語".cut(toColumns: 4) == "日…")
        #expect("abc".cut(toColumns: 1) == "…")
        #expect("abc".cut(toColumns: 0) == "")
    }

    @Test func `long lines are broken where no glyph is torn apart`() {
        func lines(_ text: String, _ columns: Int) -> [String] {
            Glyph.wrapped(Glyph.glyphs(of: text), columns: columns).map { $0.map(\.text).joined() }
        }
        #expect(lines("", 3) == [""])
        #expect(lines("abcdefg", 3) == ["abc", "def", "g"])
        #expect(lines("日本語", 3) == ["日", "本", "語"])
        #expect(lines("日本", 1) == ["日", "本"])
    }

    @Test func `messages are broken after words`() {
        func lines(_ text: String, _ columns: Int) -> [String] {
            Glyph.wrapped(Glyph.glyphs(of: text), columns: columns, atWords: true).map { $0.map(\.text).joined() }
        }
        #expect(lines("one two three", 8) == ["one two ", "three"])
        #expect(lines("one twothreefour five", 5) == ["one ", "twoth", "reefo", "ur ", "five"])
        #expect(lines("", 5) == [""])
    }
}
