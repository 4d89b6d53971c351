import Logging
import QueueStore

extension Manager {
    /// Removes what is too much or too old at the start, and looks once a minute whether anything has become too old.
    func dropOldHistoryRegularly() {
        if let entries = historyLimit.entries, historyCount > entries {
            dropHistory(oldest: historyCount - entries)
        }
        guard historyLimit.age != nil else { return }
        Task {
            while !Task.isCancelled {
                let isMoreExpected = dropExpiredHistory()
                try? await Task.sleep(for: isMoreExpected ? .milliseconds(20) : .seconds(60))
            }
        }
    }

    /// Removes a portion of what is too old.
    ///
    /// - Returns: Whether there may be more.
    private func dropExpiredHistory() -> Bool {
        do {
            let count = historyLimit.expired(try store.oldestHistory(HistoryLimit.portion), at: WallClock.now)
            return count > 0 && dropHistory(oldest: count) && count == HistoryLimit.portion
        } catch {
            log.error("\(error)")
            return false
        }
    }

    /// - Returns: Whether they could be removed.
    @discardableResult
    private func dropHistory(oldest count: Int) -> Bool {
        do {
            try commit([.dropHistory(oldest: count)])
            performActions()
            return true
        } catch {
            return false
        }
    }
}
