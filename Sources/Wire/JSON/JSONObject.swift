import OrderedCollections

/// The members of a JSON object, in the order in which they were written.
///
/// Two objects are equal when they have the same members, whatever their order. Look-up is a linear search while the
/// object is small, as nearly all are, and a hash table beyond.
public struct JSONObject: Sendable {
    private var members: OrderedDictionary<String, JSONValue>

    /// An empty object.
    public init() { members = [:] }

    /// An object of these members; of several with the same key the last wins, in the place of the first.
    public init(_ elements: some Sequence<(String, JSONValue)>) {
        members = OrderedDictionary(elements, uniquingKeysWith: { _, last in last })
    }

    /// The member `key`. Setting nil removes it; a new key goes to the end.
    public subscript(key: String) -> JSONValue? {
        get { members[key] }
        set { members[key] = newValue }
    }

    /// How many members there are.
    public var count: Int { members.count }

    /// Whether there is no member.
    public var isEmpty: Bool { members.isEmpty }

    /// The keys in order.
    public var keys: [String] { Array(members.keys) }

    /// The values in the order of their keys.
    public var values: [JSONValue] { Array(members.values) }

    /// Makes room for this many members.
    public mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

    /// Removes a member and returns its value.
    @discardableResult
    public mutating func removeValue(forKey key: String) -> JSONValue? { members.removeValue(forKey: key) }

    /// A copy with the members of `other` added, which win over members of the same key.
    public func merging(_ other: JSONObject) -> JSONObject {
        var result = self
        result.members.merge(other.members.lazy.map { ($0.key, $0.value) }, uniquingKeysWith: { _, new in new })
        return result
    }

    /// A copy with only these keys, in the order of this object.
    public func keeping(_ isKept: (String) -> Bool) -> JSONObject {
        var result = self
        result.members.removeAll { !isKept($0.key) }
        return result
    }

    /// A copy with each value replaced.
    public func mapValues<E: Error>(_ transform: (JSONValue) throws(E) -> JSONValue) throws(E) -> JSONObject {
        var result = JSONObject()
        result.reserveCapacity(count)
        for (key, value) in members { result.members[key] = try transform(value) }
        return result
    }
}

extension JSONObject: Sequence {
    /// Goes through the members in order.
    public func makeIterator() -> some IteratorProtocol<(key: String, value: JSONValue)> {
        members.lazy.map { (key: $0.key, value: $0.value) }.makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The last of several equal keys wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: Hashable {
    /// Whether both have the same members, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right.members[$0.key] == $0.value }
    }

    /// The same for the same members in any order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for (key, value) in members {
            var member = Hasher()
            member.combine(key)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}
