/// Where a text is shown.
struct Display: Sendable, Hashable {
    /// How many characters fit into a line.
    var width = 80
    /// Whether colours and bold type may be used.
    var usesColor = false

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// The text in this style, or as it is where styles may not be used.
    func styled(_ text: String, _ style: Style?) -> String {
        guard usesColor, let style else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }
}

extension String {
    /// At most `width` characters; a longer text ends in `…`.
    func cut(to width: Int) -> String {
        guard width > 0 else { return "" }
        return count <= width ? self : prefix(width - 1) + "…"
    }

    /// Filled with spaces to `width` characters.
    func padded(to width: Int, atStart: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, width - count))
        return atStart ? padding + self : self + padding
    }
}
