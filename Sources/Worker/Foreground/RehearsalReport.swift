internal import RunEngine
internal import Wire

/// What a plan is going to do, in lines for people.
struct RehearsalReport {
    private let rehearsal: Rehearsal

    init(_ rehearsal: Rehearsal) { self.rehearsal = rehearsal }

    /// More steps are counted, not shown.
    private static let mostSteps = 200

    func print(_ print: (String) -> Void) {
        for line in steps { print(line) }
        print(summary)
        if !rehearsal.flyers.isEmpty {
            print("and the events that these record by themselves: \(rehearsal.flyers.joined(separator: ", "))")
        }
        if !rehearsal.unknownDurations.isEmpty {
            print("without the time that these take: \(rehearsal.unknownDurations.joined(separator: ", "))")
        }
        for problem in rehearsal.problems { print("PROBLEM: \(problem)") }
    }

    /// The steps; with the seconds from the beginning, if the plan takes any time.
    private var steps: [String] {
        let takesTime = rehearsal.duration > 0
        var lines: [String] = []
        for (message, moment) in zip(rehearsal.messages, rehearsal.moments).prefix(Self.mostSteps) {
            let record = MessageRecord(message)
            let text = record.command == "open_run" ? opening(record) : record.line
            lines.append(takesTime ? "\(padded(seconds(moment))) s  \(text)" : "  \(text)")
        }
        let rest = rehearsal.messages.count - Self.mostSteps
        if rest > 0 { lines.append("  … and \(rehearsal.isCutShort ? "at least " : "")\(rest) further steps") }
        return lines
    }

    /// All its metadata would be too much.
    private func opening(_ record: MessageRecord) -> String {
        let name = record.keywords["plan_name"]?.string.map { " \($0)" } ?? ""
        return "open_run\(name)" + (record.run.map { " [run \($0)]" } ?? "")
    }

    private var summary: String {
        let counts =
            "\(counted(rehearsal.runCount, "run")), \(counted(rehearsal.eventCount, "event")), "
            + "about \(seconds(rehearsal.duration)) s"
        if let question = rehearsal.question {
            return "Up to where the plan asks '\(question)': \(counts)"
        }
        return rehearsal.isCutShort ? "Up to where this dry run was broken off: \(counts)" : counts
    }

    private func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

    private func seconds(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }

    private func padded(_ text: String) -> String { String(repeating: " ", count: max(0, 8 - text.count)) + text }
}
