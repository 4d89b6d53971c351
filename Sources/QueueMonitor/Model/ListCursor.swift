/// The selected row of a list. It stays with its item when the list changes, and with its place when the item is gone.
struct ListCursor: Sendable {
    private(set) var index = 0
    private var uid: String?

    /// The list has changed.
    mutating func follow(_ uids: [String]) {
        if let uid, index < uids.count, uids[index] == uid { return }
        if let uid, let place = uids.firstIndex(of: uid) {
            index = place
        } else {
            select(index, in: uids)
        }
    }

    /// Selects a row, or the nearest one there is.
    mutating func select(_ index: Int, in uids: [String]) {
        self.index = max(0, min(index, uids.count - 1))
        uid = uids.isEmpty ? nil : uids[self.index]
    }

    /// The first row to show, so that the selected one is in view.
    func top(count: Int, height: Int) -> Int { max(0, min(index - height / 2, count - height)) }
}
