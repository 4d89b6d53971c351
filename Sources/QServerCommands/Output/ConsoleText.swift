internal import QueueClient

/// Console output as it may be shown: without the manager's log lines, and without what could change the terminal.
struct ConsoleText {
    /// Whether the text goes to a terminal, where carriage returns and cursor movements of progress bars have a meaning.
    let isTerminal: Bool
    private var line = ""
    private var isRedrawn = false
    private var sequence: String?
    /// Whether the cursor stands at the start of a line.
    var isAtLineStart: Bool { line.isEmpty }

    init(isTerminal: Bool) { self.isTerminal = isTerminal }

    /// Takes in a piece and returns what is to be written now.
    mutating func add(_ piece: String) -> String {
        var text = ""
        for scalar in piece.unicodeScalars {
            if sequence != nil {
                text += endSequence(with: scalar)
            } else {
                text += character(scalar)
            }
        }
        return text
    }

    private mutating func character(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\u{1B}":
            sequence = ""
            return ""
        case "\n": return endLine()
        case "\r":
            if isTerminal, !isHeld { return "\r" }
            if !isTerminal { line = "" }
            return ""
        case "\t": break
        case _ where scalar.properties.generalCategory == .control: return ""
        default: break
        }
        let wasHeld = isHeld || line.isEmpty
        line.unicodeScalars.append(scalar)
        guard isTerminal, !isHeld else { return "" }
        // A line that begins like one of the log waits until it is known to be none.
        return wasHeld ? line : String(scalar)
    }

    private mutating func endLine() -> String {
        defer {
            line = ""
            isRedrawn = false
        }
        let isRoutine = LogLine(line)?.isRoutine ?? false
        if isTerminal { return isHeld ? (isRoutine ? "" : line + "\n") : "\n" }
        // Without a terminal, the steps of a progress bar would be a line each.
        return isRedrawn || isRoutine ? "" : line + "\n"
    }

    /// Whether the line may turn out to be one of the log.
    private var isHeld: Bool { line.hasPrefix("[") }

    /// Reads on in a control sequence. Those that erase and move the cursor up pass; the others leave no trace.
    private mutating func endSequence(with scalar: Unicode.Scalar) -> String {
        guard var text = sequence else { return "" }
        text.unicodeScalars.append(scalar)
        if text == "[" || (text.hasPrefix("[") && (0x30...0x3F).contains(scalar.value)) {
            sequence = text.utf8.count > 16 ? nil : text
            return ""
        }
        sequence = nil
        guard text.hasPrefix("["), scalar == "A" || scalar == "K" else { return "" }
        isRedrawn = true
        return isTerminal && !isHeld ? "\u{1B}" + text : ""
    }
}
