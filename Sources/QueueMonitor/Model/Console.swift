internal import QueueClient
internal import TerminalKit
internal import Wire

/// The console output that the monitor has got, and how it gets more.
struct Console: Sendable {
    private enum Source {
        /// The manager's record, up to the message of this UID.
        case record(uid: String)
        /// What is published: the manager keeps no record.
        case published
    }

    private var source = Source.record(uid: "ALL")
    private var text = TerminalText(rowLimit: 5_000, columnLimit: 4_000)

    /// The line at the bottom, counted from the first one ever; nil: the last one, whatever comes.
    private var bottom: Int?

    // MARK: Text

    /// Numbers of the lines that are kept, counted from the first one ever.
    var numbers: Range<Int> {
        // What follows the last line break is no line as long as it is empty.
        let count = text.line(text.rowCount - 1).isEmpty ? text.rowCount - 1 : text.rowCount
        return text.droppedRows..<text.droppedRows + count
    }

    /// The line of this number.
    func line(_ number: Int) -> String { text.line(number - text.droppedRows) }

    // MARK: Getting it

    /// What to ask for the manager's record; nil if there is none.
    var request: Request? {
        guard case .record(let uid) = source else { return nil }
        return .consoleOutputUpdate(after: uid)
    }

    /// Takes in an answer. Returns whether there is more to ask for.
    mutating func take(_ reply: JSONObject) -> Bool {
        guard case .record(let uid) = source else { return false }
        let messages = reply["console_output_msgs"]?.array ?? []
        let last = reply["last_msg_uid"]?.string ?? ""
        if messages.isEmpty, last != uid, uid != "ALL" {
            // The manager does not know what came last: it is another one, or too much has come since.
            note("a new manager, or a gap")
            source = .record(uid: "ALL")
            return true
        }
        for message in messages { text.write(message["msg"]?.string ?? "") }
        source = .record(uid: last)
        return false
    }

    /// The manager has refused to tell its record: it keeps none.
    mutating func useWhatIsPublished() { source = .published }

    /// Takes in a published piece of output. Returns whether to ask for the manager's record.
    mutating func take(published piece: String) -> Bool {
        guard case .published = source else { return true }
        text.write(piece)
        return false
    }

    private mutating func note(_ words: String) {
        if !text.line(text.rowCount - 1).isEmpty { text.write("\n") }
        text.write("── \(words) ──\n")
    }

    // MARK: Scrolling

    /// Whether the newest lines are shown, whatever comes.
    var isFollowing: Bool { bottom == nil }

    /// Number of the line that is shown at the bottom; nil if there are no lines.
    var bottomNumber: Int? {
        let numbers = numbers
        guard let last = numbers.last else { return nil }
        return bottom.map { min(max($0, numbers.lowerBound), last) } ?? last
    }

    /// How many lines are below the one at the bottom.
    var linesBelow: Int { bottomNumber.map { numbers.upperBound - 1 - $0 } ?? 0 }

    /// Scrolls by so many lines; up is negative. At least `height` lines stay in view, if there are so many.
    mutating func scroll(by count: Int, height: Int) {
        guard let current = bottomNumber else { return }
        let numbers = numbers
        let target = max(current + count, min(numbers.lowerBound + height - 1, numbers.upperBound - 1))
        bottom = target >= numbers.upperBound - 1 ? nil : target
    }

    /// Shows the oldest lines.
    mutating func scrollToTop(height: Int) { scroll(by: -numbers.count, height: height) }

    /// Shows the newest lines from now on.
    mutating func follow() { bottom = nil }
}
