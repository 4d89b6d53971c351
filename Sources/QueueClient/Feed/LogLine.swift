/// A line of the manager's log, as it stands in the console output: `[I 2026-11-21 08:19:44,449 manager Queue.swift:41] text`.
package struct LogLine: Sendable, Hashable {
    /// How grave it is.
    package enum Level: Character, Sendable {
        case debug = "D"
        case info = "I"
        case warning = "W"
        case error = "E"
        case critical = "C"
    }

    package let level: Level
    /// The time of day, such as `08:19:44`.
    package let time: String
    /// What is told.
    package let text: String

    /// Reads a line; nil if it is none of the log.
    package init?(_ line: String) {
        guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return nil }
        let head = line[..<end].dropFirst().split(separator: " ", maxSplits: 3)
        guard head.count == 4, head[0].count == 1, let level = head[0].first.flatMap(Level.init(rawValue:)),
            LogLine.hasForm("0000-00-00", head[1]), LogLine.hasForm("00:00:00,000", head[2])
        else { return nil }
        self.level = level
        time = String(head[2].prefix(8))
        text = String(line[end...].dropFirst().drop { $0 == " " })
    }

    /// Whether the line tells of nothing that asks for attention.
    package var isRoutine: Bool { level == .debug || level == .info }

    /// Whether the text has a digit where the form has one, and else the same characters.
    private static func hasForm(_ form: String, _ text: Substring) -> Bool {
        text.utf8.count == form.utf8.count
            && zip(form.utf8, text.utf8).allSatisfy { form, character in
                form == UInt8(ascii: "0")
                    ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) : form == character
            }
    }
}
