/// How a character looks.
package struct Style: Sendable, Hashable {
    /// The eight colours that every terminal has, in shades that its user chose.
    package enum Color: UInt8, Sendable {
        case red = 1
        case green, yellow, blue, magenta, cyan
    }

    package var color: Color?
    package var isBold = false
    package var isDim = false
    package var isReversed = false

    package static let plain = Style()
    package static let bold = Style(isBold: true)
    package static let dim = Style(isDim: true)
    package static let reversed = Style(isReversed: true)
    package static let red = Style(color: .red)
    package static let green = Style(color: .green)
    package static let yellow = Style(color: .yellow)
    package static let cyan = Style(color: .cyan)

    /// The same, in bold type.
    package var bold: Style {
        var style = self
        style.isBold = true
        return style
    }

    /// The same, with text and background exchanged.
    package var reversed: Style {
        var style = self
        style.isReversed = true
        return style
    }
}
