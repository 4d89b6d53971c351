/// A character as a terminal can show it: one or two columns wide, without anything that could change the terminal.
package struct Glyph: Sendable, Hashable {
    /// What is written to the terminal.
    package let text: String
    /// How many columns it takes, 1 or 2.
    package let columns: Int

    private init(text: String, columns: Int) {
        self.text = text
        self.columns = columns
    }

    /// An ordinary character of ASCII.
    private init(ascii: UInt8) { self.init(text: String(Unicode.Scalar(ascii)), columns: 1) }

    /// Whether any terminal puts the cursor where it is expected after this. Terminals do not agree on the width of
    /// the others.
    package var isPlain: Bool { columns == 1 && text.utf8.count == 1 }

    /// The glyph of a character; nil if nothing of it can be shown.
    ///
    /// Control characters become spaces. Characters that only change others (joiners, variation selectors, marks of
    /// the direction of text) go, since terminals do not agree on what they do to the width; so do accents beyond the
    /// third.
    package init?(_ character: Character) {
        if let ascii = character.asciiValue {
            self.init(ascii: (0x20..<0x7F).contains(ascii) ? ascii : 0x20)
            return
        }
        var scalars = String.UnicodeScalarView()
        var columns = 0
        for scalar in character.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate:
                if scalars.isEmpty { scalars.append(" ") }
                columns = max(columns, 1)
            case .format: continue
            case .nonspacingMark, .enclosingMark:
                // A mark without a character to stand on gets a circle, as in charts.
                if scalar.properties.isVariationSelector || scalars.count > 3 { continue }
                if scalars.isEmpty { scalars.append("\u{25CC}") }
                scalars.append(scalar)
                columns = max(columns, 1)
            default:
                if scalars.count > 3 { continue }
                scalars.append(scalar)
                columns = max(columns, Glyph.isWide(scalar) ? 2 : 1)
            }
        }
        if scalars.isEmpty { return nil }
        self.init(text: String(scalars), columns: columns)
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x1100 { return false }
        if scalar.properties.isEmojiPresentation { return true }
        return wideRanges.contains { $0.contains(scalar.value) }
    }

    /// The blocks that Unicode calls wide or full-width, apart from emoji.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul, leading consonants
        0x2E80...0x303E,  // CJK radicals, punctuation
        0x3041...0x33FF,  // kana, bopomofo, compatibility
        0x3400...0x4DBF, 0x4E00...0x9FFF,  // CJK
        0xA000...0xA4CF,  // Yi
        0xA960...0xA97C,  // Hangul, extended
        0xAC00...0xD7A3,  // Hangul syllables
        0xF900...0xFAFF,  // CJK compatibility
        0xFE30...0xFE6F,  // CJK forms
        0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms
        0x16FE0...0x18AFF, 0x1AFF0...0x1B2FB,  // Tangut, kana
        0x20000...0x3FFFD,  // CJK
    ]
}

extension Glyph {
    /// The glyphs of a text. Tabulators become the spaces up to the next column that is a multiple of eight.
    package static func glyphs(of text: String) -> [Glyph] {
        var glyphs: [Glyph] = []
        glyphs.reserveCapacity(text.utf8.count)
        var column = 0
        for character in text {
            if character == "\t" {
                let count = 8 - column % 8
                glyphs.append(contentsOf: repeatElement(Glyph(ascii: 0x20), count: count))
                column += count
            } else if let glyph = Glyph(character) {
                glyphs.append(glyph)
                column += glyph.columns
            }
        }
        return glyphs
    }

    /// The glyphs broken into lines of at most `columns` columns; one empty line if there are none.
    ///
    /// - Parameter atWords: Whether lines are broken after spaces, where there are any.
    package static func wrapped(
        _ glyphs: [Glyph],
        columns limit: Int,
        atWords: Bool = false
    ) -> [ArraySlice<Glyph>] {
        var lines: [ArraySlice<Glyph>] = []
        var start = 0
        while true {
            var end = start
            var column = 0
            while end < glyphs.count, end == start || column + glyphs[end].columns <= limit {
                column += glyphs[end].columns
                end += 1
            }
            if atWords, end < glyphs.count, let space = glyphs[start..<end].lastIndex(where: { $0.text == " " }) {
                end = space + 1
            }
            lines.append(glyphs[start..<end])
            start = end
            if start == glyphs.count { return lines }
        }
    }
}

extension String {
    /// How many columns the text takes on a terminal.
    package var columns: Int {
        isPlain ? utf8.count : Glyph.glyphs(of: self).reduce(0) { $0 + $1.columns }
    }

    /// Whether the text is of printable ASCII characters only, as most are: then all is known without a look at glyphs.
    package var isPlain: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }

    /// At most so many columns; a longer text ends in `…`.
    package func cut(toColumns limit: Int) -> String {
        if utf8.count <= limit { return self }
        guard limit > 0 else { return "" }
        if isPlain { return prefix(limit - 1) + "…" }
        let glyphs = Glyph.glyphs(of: self)
        if glyphs.reduce(0, { $0 + $1.columns }) <= limit { return self }
        var text = ""
        var columns = 0
        for glyph in glyphs {
            columns += glyph.columns
            if columns > limit - 1 { break }
            text += glyph.text
        }
        return text + "…"
    }
}
