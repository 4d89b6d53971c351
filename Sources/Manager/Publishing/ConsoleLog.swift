import TerminalKit
import Wire

/// The last console output, for clients that come later or cannot listen all the time.
///
/// The oldest messages go when there are more than ``capacity`` of them or they take more than ``byteCapacity``.
struct ConsoleLog {
    /// One message as it was published.
    struct Message: Sendable, Equatable {
        /// Seconds since 1970.
        let time: Double
        let text: String
    }

    /// How many messages are kept.
    static let capacity = 2_000
    /// How many bytes of text are kept; the newest message is kept whole in any case.
    static let byteCapacity = 1 << 20

    /// Each manager's messages are numbered from 0; what another one numbered is not found here.
    private let series = UID.make()
    private var messages: ArraySlice<Message> = []
    private var byteCount = 0
    private var rendered: (uid: String, lines: [String])?

    /// Names the newest message, and changes with each new one.
    var uid: String { uid(at: messages.endIndex) }

    /// Adds a message.
    mutating func append(_ text: String, at time: Double) {
        messages.append(Message(time: time, text: text))
        byteCount += text.utf8.count
        while messages.count > 1, messages.count > ConsoleLog.capacity || byteCount > ConsoleLog.byteCapacity {
            byteCount -= messages.removeFirst().text.utf8.count
        }
    }

    /// The messages after the one that this UID names: none if it is not known (any more), all that are kept if it is
    /// `ALL`.
    func messages(after uid: String) -> ArraySlice<Message> {
        if uid == "ALL" { return messages }
        guard uid.hasPrefix(series + "-"), let index = Int(uid.dropFirst(series.count + 1)),
            (messages.startIndex...messages.endIndex).contains(index)
        else { return [] }
        return messages[index...]
    }

    /// The last lines as a terminal would show them.
    mutating func text(lastLines count: Int) -> String {
        let uid = uid
        if rendered?.uid != uid {
            var text = TerminalText()
            for message in messages { text.write(message.text) }
            rendered = (uid, text.lines)
        }
        let lines = rendered?.lines ?? []
        // The last line is empty when the text ends with a line break.
        let extra = lines.last == "" ? 1 : 0
        return lines.suffix(max(count, 0) + (count > 0 ? extra : 0)).joined(separator: "\n")
    }

    private func uid(at index: Int) -> String { "\(series)-\(index)" }
}
