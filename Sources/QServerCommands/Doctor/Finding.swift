internal import TerminalKit
internal import Wire

/// What one check of an installation has found.
struct Finding: Sendable, Hashable {
    enum Level: String, Sendable {
        case good = "ok"
        /// Works, but may surprise.
        case notice
        /// Does not work.
        case problem
    }

    let level: Level
    /// What was checked, in a word or two.
    let subject: String
    /// What was found.
    let text: String
    /// What to do about it; nil if nothing is to be done.
    var advice: String?

    static func good(_ subject: String, _ text: String) -> Finding {
        Finding(level: .good, subject: subject, text: text)
    }

    static func notice(_ subject: String, _ text: String, _ advice: String? = nil) -> Finding {
        Finding(level: .notice, subject: subject, text: text, advice: advice)
    }

    static func problem(_ subject: String, _ text: String, _ advice: String) -> Finding {
        Finding(level: .problem, subject: subject, text: text, advice: advice)
    }

    /// For programs.
    var json: JSONValue {
        [
            "result": .string(level.rawValue), "subject": .string(subject), "text": .string(text),
            "advice": JSONValue(advice),
        ]
    }
}

/// Findings for a reader, what is to be done below each.
enum FindingText {
    static func text(_ findings: [Finding], on display: Display) -> String {
        var rows = Rows()
        for finding in findings {
            let style: Display.Style =
                switch finding.level {
                case .good: .green
                case .notice: .yellow
                case .problem: .red
                }
            rows.append("\(finding.level.rawValue.padded(to: 7))  \(finding.subject)", finding.text.onOneLine, style)
            if let advice = finding.advice { rows.append("", "→ " + advice.onOneLine) }
        }
        return rows.text(on: display)
    }
}
