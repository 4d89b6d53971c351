import Wire

/// Which of the run engine's metadata clients may see.
///
/// A path such as `/sample/name` permits a member of a member, with all that is in it; `/` permits everything. A text
/// that does not begin with `/` permits nothing.
struct MetadataFilter: Sendable {
    private let paths: [[Substring]]

    init(_ paths: [String]) {
        self.paths = paths.filter { $0.hasPrefix("/") }.map { $0.split(separator: "/") }
    }

    /// The metadata without what is not permitted.
    func permitted(of metadata: JSONObject) -> JSONObject { filter(metadata, paths[...]) }

    private func filter(_ members: JSONObject, _ paths: ArraySlice<[Substring]>) -> JSONObject {
        if paths.contains(where: \.isEmpty) { return members }
        var result = JSONObject()
        for (key, value) in members {
            let deeper = paths.filter { $0.first.map(String.init) == key }.map { Array($0.dropFirst()) }
            if deeper.contains(where: \.isEmpty) {
                result[key] = value
            } else if let inner = value.object, !deeper.isEmpty {
                let kept = filter(inner, deeper[...])
                if !kept.isEmpty { result[key] = .object(kept) }
            }
        }
        return result
    }
}
