/// The commands in a text of Markdown, each with the output that the text shows: indented lines, of which those after
/// `$ ` are commands.
struct GuideExamples {
    struct Example {
        let command: String
        let output: [String]
        /// The lines of the text that show the output.
        let lines: Range<Int>
    }

    private(set) var lines: [String]
    private(set) var examples: [Example] = []

    /// The examples of the section with this title.
    init(_ text: String, section: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: section) else { return }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.count
        var index = start
        while index < end {
            guard lines[index].hasPrefix("    $ ") else {
                index += 1
                continue
            }
            let command = String(lines[index].dropFirst(6))
            let first = index + 1
            index = first
            while index < end, GuideExamples.isOutput(lines, index, end) { index += 1 }
            let output = lines[first..<index].map { String($0.dropFirst(4)) }
            examples.append(Example(command: command, output: output, lines: first..<index))
        }
    }

    /// Whether the line belongs to the output of the command above. An empty one does if an indented one follows.
    private static func isOutput(_ lines: [String], _ index: Int, _ end: Int) -> Bool {
        if lines[index].hasPrefix("    ") { return !lines[index].hasPrefix("    $ ") }
        guard lines[index].isEmpty, index + 1 < end else { return false }
        return lines[index + 1].hasPrefix("    ") && !lines[index + 1].hasPrefix("    $ ")
    }

    /// The text with other outputs; the examples are given from the last to the first.
    mutating func replaceOutput(of example: Example, with output: [String]) {
        lines.replaceSubrange(example.lines, with: output.map { $0.isEmpty ? "" : "    " + $0 })
    }
}

/// Compares outputs in which identifiers, times and spaces differ from run to run.
enum GuideOutput {
    /// Whether the output is what the guide shows, where `…` in the guide stands for anything.
    static func matches(_ output: String, _ shown: [String]) -> Bool {
        let parts = normalized(shown.joined(separator: "\n")).split(
            separator: "…",
            omittingEmptySubsequences: false
        ).map { $0.trimmed }
        var rest = normalized(output)[...]
        guard let first = parts.first, rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return parts.count > 1 && parts.last == "" ? true : rest.trimmed.isEmpty
    }

    /// The text with marks in the place of what differs, and single spaces.
    static func normalized(_ text: String) -> String {
        var text = text.replacing("\u{2026}", with: " … ")
        text = text.replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "UID")
        text = text.replacing(#/\b[0-9a-f]{8}\b/#, with: "UID")
        // YAML quotes those that begin with a digit.
        text = text.replacing("\"UID\"", with: "UID")
        text = text.replacing(#/(\d{4}-)?\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?/#, with: "TIME")
        text = text.replacing(#/\d\d:\d\d:\d\d(\.\d+)?/#, with: "TIME")
        text = text.replacing(#/\d+\.\d+ s\b/#, with: "SECONDS")
        text = text.replacing(#/tcp:\/\/[^ ,]*[0-9*]/#, with: "ADDRESS")
        text = text.replacing(#/(\/[^ \/,:]+)+\/(debug|release|sim|queue.sqlite|config.yaml)\b/#, with: "PATH")
        text = text.replacing(#/\d+ MB/#, with: "SIZE")
        text = text.replacing(#/-{2,}|-\+-/#, with: "-")
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension StringProtocol {
    fileprivate var trimmed: Substring {
        let start = Substring(self).drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...end]
    }
}
