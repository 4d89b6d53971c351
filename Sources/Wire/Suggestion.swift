/// Finds what was probably meant by a word that is not known.
package enum Suggestion {
    /// The allowed word that is most like `word`; nil if none is.
    package static func nearest(to word: String, in allowed: some Sequence<String>) -> String? {
        let word = Array(word.lowercased())
        let limit = max(1, word.count / 3)
        let candidates = allowed.map { (name: $0, distance: distance(word, Array($0.lowercased()))) }
        return candidates.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
    }

    /// ` Did you mean 'count'?`, or nothing.
    package static func question(_ word: String, in allowed: some Sequence<String>) -> String {
        nearest(to: word, in: allowed).map { " Did you mean '\($0)'?" } ?? ""
    }

    /// How many characters must be inserted, removed, replaced or swapped with the next to make one word of the other.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        if left.isEmpty || right.isEmpty { return left.count + right.count }
        var rows = [Array(0...right.count)]
        for i in 1...left.count {
            var row = [i]
            for j in 1...right.count {
                let isSame = left[i - 1] == right[j - 1]
                var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    best = min(best, rows[i - 2][j - 2] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
