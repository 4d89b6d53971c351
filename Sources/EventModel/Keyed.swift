public import OrderedCollections

/// Values by name, in the order in which they were added: the readings of a device, its data keys, timestamps.
@frozen
public struct Keyed<Value> {
    @usableFromInline var storage: OrderedDictionary<String, Value>

    /// No values.
    @inlinable
    public init() { storage = [:] }

    /// These values; of several with the same name the last wins, in the place of the first.
    @inlinable
    public init(_ elements: some Sequence<(String, Value)>) {
        storage = OrderedDictionary(elements, uniquingKeysWith: { _, last in last })
    }

    /// The value called `name`. Setting nil removes it; a new name goes to the end.
    @inlinable
    public subscript(name: String) -> Value? {
        get { storage[name] }
        set { storage[name] = newValue }
    }

    /// How many values there are.
    @inlinable
    public var count: Int { storage.count }

    /// Whether there is none.
    @inlinable
    public var isEmpty: Bool { storage.isEmpty }

    /// The names in order.
    @inlinable
    public var keys: [String] { Array(storage.keys) }

    /// Makes room for this many values.
    @inlinable
    public mutating func reserveCapacity(_ count: Int) { storage.reserveCapacity(count) }

    /// Whether there is a value called `name`.
    @inlinable
    public func contains(_ name: String) -> Bool { storage.keys.contains(name) }

    /// Adds the values of `other`, which win over values of the same name.
    @inlinable
    public mutating func merge(_ other: Keyed) {
        for (name, value) in other { storage[name] = value }
    }

    /// The same names with other values.
    @inlinable
    public func mapValues<Other, E: Error>(_ transform: (Value) throws(E) -> Other) throws(E) -> Keyed<Other> {
        var result = Keyed<Other>()
        result.reserveCapacity(count)
        for (name, value) in storage { result.storage[name] = try transform(value) }
        return result
    }
}

extension Keyed: Sendable where Value: Sendable {}
extension Keyed: Equatable where Value: Equatable {}
extension Keyed: Hashable where Value: Hashable {}

extension Keyed: Sequence {
    /// Goes through the values in order.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(base: storage.elements.makeIterator()) }

    /// Goes through the values in order.
    @frozen
    public struct Iterator: IteratorProtocol {
        @usableFromInline var base: OrderedDictionary<String, Value>.Elements.Iterator

        @inlinable
        init(base: OrderedDictionary<String, Value>.Elements.Iterator) { self.base = base }

        /// The next name and value.
        @inlinable
        public mutating func next() -> (key: String, value: Value)? { base.next() }
    }
}

extension Keyed: ExpressibleByDictionaryLiteral {
    /// The last of several equal names wins.
    @inlinable
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(elements) }
}
