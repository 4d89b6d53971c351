internal import OrderedCollections

/// Plans or devices by name, in the order in which they were listed.
///
/// Two lists are equal when they have the same elements under the same names, whatever their order.
public struct NamedList<Element: Hashable & Sendable>: Sendable {
    private var elements: OrderedDictionary<String, Element>

    /// An empty list.
    public init() { elements = [:] }

    /// A list of these elements; of several with the same name the last wins.
    public init(_ elements: some Sequence<(String, Element)>) {
        self.elements = OrderedDictionary(elements, uniquingKeysWith: { _, last in last })
    }

    /// The element called `name`. Setting nil removes it; a new name goes to the end.
    public subscript(name: String) -> Element? {
        get { elements[name] }
        set { elements[name] = newValue }
    }

    /// How many elements there are.
    public var count: Int { elements.count }

    /// Whether there is no element.
    public var isEmpty: Bool { elements.isEmpty }

    /// The names in order.
    public var names: [String] { Array(elements.keys) }

    /// A list of the elements under the same names, each replaced; nil leaves one out.
    func compactMapElements<Other: Hashable & Sendable, E: Error>(
        _ transform: (String, Element) throws(E) -> Other?
    ) throws(E) -> NamedList<Other> {
        var result = NamedList<Other>()
        for (name, element) in elements {
            if let replacement = try transform(name, element) { result.elements[name] = replacement }
        }
        return result
    }
}

extension NamedList: Sequence {
    /// Goes through the elements in order.
    public func makeIterator() -> some IteratorProtocol<(name: String, element: Element)> {
        elements.lazy.map { (name: $0.key, element: $0.value) }.makeIterator()
    }
}

extension NamedList: Hashable {
    /// Whether both have the same elements, in any order.
    public static func == (left: NamedList, right: NamedList) -> Bool {
        left.count == right.count && left.elements.allSatisfy { right.elements[$0.key] == $0.value }
    }

    /// The same for the same elements in any order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for (name, element) in elements {
            var member = Hasher()
            member.combine(name)
            member.combine(element)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}
