/// Decides what to ask the manager for, and when.
///
/// Of each subject one request is under way at a time. The next one waits for a moment, and for a long queue or history
/// four times as long as the last one took, so that one that changes often keeps neither the manager nor the monitor
/// busy.
struct Upkeep: Sendable {
    /// What can be asked for.
    enum Subject: Sendable, Hashable, CaseIterable {
        case status, queue, history, runs, holds, lock, console
    }

    private struct Entry {
        var isWanted = false
        var askedAt: Double?
        var notBefore = -Double.infinity
    }

    private var entries: [Subject: Entry] = [:]
    /// Subjects that must not be asked for at present.
    var held: Set<Subject> = []

    private static let pauseFactor = 4.0
    private static let shortestPause = 0.05
    private static let longestPause = 5.0

    /// Notes that what is known of the subject is out of date.
    mutating func want(_ subject: Subject) { entries[subject, default: Entry()].isWanted = true }

    /// Notes that what is known of the subject is true.
    mutating func drop(_ subject: Subject) { entries[subject]?.isWanted = false }

    /// The subjects to ask for now; they count as asked.
    mutating func due(at uptime: Double) -> [Subject] {
        Subject.allCases.filter { subject in
            guard var entry = entries[subject], isReady(entry, subject), entry.notBefore <= uptime else { return false }
            entry.isWanted = false
            entry.askedAt = uptime
            entries[subject] = entry
            return true
        }
    }

    /// Notes that there was an answer, or that there will be none.
    mutating func ended(_ subject: Subject, hasAnswer: Bool, at uptime: Double) {
        var pause = Upkeep.shortestPause
        if hasAnswer, subject == .queue || subject == .history {
            let took = max(0, uptime - (entries[subject]?.askedAt ?? uptime))
            pause = min(max(took * Upkeep.pauseFactor, pause), Upkeep.longestPause)
        }
        entries[subject, default: Entry()].askedAt = nil
        entries[subject, default: Entry()].notBefore = uptime + pause
    }

    /// When ``due(at:)`` has something next, as far as is known; nil if it waits for answers.
    var nextTime: Double? {
        entries.filter { isReady($1, $0) }.map(\.value.notBefore).min()
    }

    private func isReady(_ entry: Entry, _ subject: Subject) -> Bool {
        entry.isWanted && entry.askedAt == nil && !held.contains(subject)
    }
}
