internal import Wire

/// Builds the value of a document from its events.
struct NodeReader: ~Copyable {
    private static let maximumDepth = 200

    private let parser: EventParser
    /// How many values there may still be. Anchors may repeat parts, but not so often that a small file fills the memory.
    private var room: Int
    private var anchors: [String: Anchored] = [:]

    /// What an alias can repeat.
    private struct Anchored {
        let value: JSONValue
        /// How many values it consists of.
        let size: Int
    }

    init(_ text: String) throws(YAMLError) {
        parser = try EventParser(text)
        room = 1_000 + 10 * text.utf8.count
    }

    /// The value of the only document; null if there is none.
    mutating func document() throws(YAMLError) -> JSONValue {
        _ = try parser.next()
        guard try parser.next().content == .documentStart else { return .null }
        let value = try value(of: parser.next(), depth: 0)
        _ = try parser.next()
        let end = try parser.next()
        guard end.content == .streamEnd else { throw end.error("only one document is expected") }
        return value
    }

    private mutating func value(of event: Event, depth: Int) throws(YAMLError) -> JSONValue {
        let roomBefore = room
        try take(1, for: event)
        guard depth <= NodeReader.maximumDepth else {
            throw event.error("nested more than \(NodeReader.maximumDepth) deep")
        }
        let value: JSONValue
        switch event.content {
        case .scalar(let text, let isPlain): value = scalar(text, isPlain: isPlain, tag: event.tag)
        case .sequenceStart: value = .array(try elements(depth: depth + 1))
        case .mappingStart: value = .object(try members(depth: depth + 1))
        case .alias(let name):
            guard let anchored = anchors[name] else {
                throw event.error("there is no anchor '\(name)' before this alias")
            }
            try take(anchored.size, for: event)
            return anchored.value
        default: throw event.error("a value is missing")
        }
        if let name = event.anchor { anchors[name] = Anchored(value: value, size: roomBefore - room) }
        return value
    }

    private mutating func take(_ count: Int, for event: Event) throws(YAMLError) {
        room -= count
        if room < 0 { throw event.error("the document is too large; do its anchors repeat each other?") }
    }

    private mutating func elements(depth: Int) throws(YAMLError) -> [JSONValue] {
        var elements: [JSONValue] = []
        while case let event = try parser.next(), event.content != .sequenceEnd {
            elements.append(try value(of: event, depth: depth))
        }
        return elements
    }

    private mutating func members(depth: Int) throws(YAMLError) -> JSONObject {
        var members = JSONObject()
        var inherited = JSONObject()
        while case let key = try parser.next(), key.content != .mappingEnd {
            guard case .scalar(let text, let isPlain) = key.content else { throw key.error("a key must be a text") }
            let value = try value(of: parser.next(), depth: depth)
            if text == "<<", isPlain {
                for base in value.array ?? [value] {
                    guard let base = base.object else { throw key.error("'<<' needs a mapping") }
                    inherited = base.merging(inherited)
                }
            } else {
                // Keys that are no texts stay as they are written.
                let name = scalar(text, isPlain: isPlain, tag: key.tag).string ?? text
                guard members[name] == nil else { throw key.error("the key '\(name)' is there twice") }
                members[name] = value
            }
        }
        return inherited.isEmpty ? members : inherited.merging(members)
    }

    private func scalar(_ text: String, isPlain: Bool, tag: String?) -> JSONValue {
        switch tag {
        case nil: isPlain ? YAMLScalar.value(of: text) : .string(text)
        case "!", "tag:yaml.org,2002:str": .string(text)
        default: YAMLScalar.value(of: text)
        }
    }
}
