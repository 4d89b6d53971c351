import QueueStore
import Wire

/// How much of the history is kept.
struct HistoryLimit: Sendable, Equatable {
    /// The most entries; nil for any number.
    let entries: Int?
    /// The highest age of an entry in seconds, counted from the end of its plan; nil for any.
    let age: Double?
    /// How many entries are removed at once when they are too old, so that other requests are not kept waiting.
    static let portion = 200

    private static let day = 86_400.0

    init(entries: Int? = nil, days: Double? = nil) {
        self.entries = entries
        age = days.map { $0 * HistoryLimit.day }
    }

    /// What must be removed because of changes that add entries, if there are `count` entries before them.
    func changes(following changes: [QueueChange], count: Int) -> [QueueChange] {
        let growth = HistoryLimit.growth(changes)
        guard let entries, growth > 0, count + growth > entries else { return [] }
        return [.dropHistory(oldest: count + growth - entries)]
    }

    /// By how much changes of known size change the number of entries.
    static func growth(_ changes: [QueueChange]) -> Int {
        changes.reduce(0) { sum, change in
            switch change {
            case .record: sum + 1
            case .dropHistory(let count): sum - count
            default: sum
            }
        }
    }

    /// How many of the oldest entries are too old.
    ///
    /// - Parameters:
    ///   - oldest: Entries as JSON objects, the oldest first.
    ///   - time: Now, in seconds since 1970.
    func expired(_ oldest: [[UInt8]], at time: Double) -> Int {
        guard let age else { return 0 }
        let index = oldest.firstIndex { entry in
            let end = (try? JSONValue(parsing: entry))?["result"]?["time_stop"]?.number
            return end.map { $0 >= time - age } ?? false
        }
        return index ?? oldest.count
    }
}
