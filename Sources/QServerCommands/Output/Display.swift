internal import TerminalKit

/// Where a text is shown.
struct Display: Sendable, Hashable {
    /// How many characters fit into a line.
    var width = 80
    /// Whether colours and bold type may be used.
    var usesColor = false
    /// Whether this is a terminal, where a line can be written over.
    var isTerminal = false

    /// The ``width`` where lines may be as long as they are.
    static let unlimited = Int.max

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
    /// Filled with spaces to so many columns of a terminal.
    func padded(to width: Int, atStart: Bool = false) -> String {
        let padding = String(repeating: " ", count: max(0, width - columns))
        return atStart ? padding + self : self + padding
    }

    /// Each line two spaces further to the right, without characters that could change the terminal.
    var indented: String { safeLines.indented }
}

extension [String] {
    /// The lines, two spaces further to the right.
    var indented: String { map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n") }
}
