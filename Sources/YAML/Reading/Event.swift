/// A step through a document: a scalar, or the begin or the end of something.
struct Event {
    enum Content: Hashable {
        /// A scalar. `isPlain` says that it stands without quotes.
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
        /// What has this anchor, once more.
        case alias(String)
        case documentStart
        case documentEnd
        case streamStart
        case streamEnd
    }

    let content: Content
    /// The name under which an alias can repeat it.
    let anchor: String?
    /// The type that is asked for explicitly.
    let tag: String?
    /// From 1.
    let line: Int
    /// From 1.
    let column: Int

    func error(_ reason: String) -> YAMLError { YAMLError(place: "line \(line), column \(column)", reason: reason) }
}
