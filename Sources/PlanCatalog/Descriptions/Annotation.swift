public import Wire

/// Which values a parameter takes: a type, and the named lists that the type refers to.
///
/// `typing.List[Motors]` with `devices` `{"Motors": ["motor1", "motor2"]}` is a list of names out of two.
public struct Annotation: Sendable, Hashable {
    /// A type in Python's notation, for example `collections.abc.Sequence[__READABLE__]` or `float | None`.
    public var type: String
    /// Lists of device names by the name that the type uses for them; nil if the annotation has no such member.
    public var devices: NamedList<[String]>?
    /// Lists of plan names, likewise.
    public var plans: NamedList<[String]>?
    /// Lists of texts, likewise.
    public var enums: NamedList<[String]>?
    /// Members that this version does not know; they are kept.
    public var other: JSONObject

    /// Creates an annotation.
    public init(
        type: String,
        devices: NamedList<[String]>? = nil,
        plans: NamedList<[String]>? = nil,
        enums: NamedList<[String]>? = nil,
        other: JSONObject = [:]
    ) {
        self.type = type
        self.devices = devices
        self.plans = plans
        self.enums = enums
        self.other = other
    }

    /// Whether values may name devices or plans out of lists.
    var namesObjects: Bool { devices != nil || plans != nil }
}

extension Annotation {
    /// Reads the member `annotation` of a parameter; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` if there is no type or a member has another type than it must have.
    init(_ value: JSONValue, place: String) throws(CatalogError) {
        var reader = try MemberReader(value, place: place)
        guard let type = try reader.text("type") else { throw reader.error("type", "the type is missing") }
        self.type = type
        devices = try Self.lists("devices", &reader)
        plans = try Self.lists("plans", &reader)
        enums = try Self.lists("enums", &reader)
        other = reader.rest
    }

    private static func lists(
        _ key: String,
        _ reader: inout MemberReader
    ) throws(CatalogError) -> NamedList<[String]>? {
        guard let object = try reader.object(key) else { return nil }
        var result = NamedList<[String]>()
        for (name, value) in object {
            guard let names = value.array else { throw reader.error("\(key).\(name)", "\(shown(value)) is no list") }
            var texts: [String] = []
            texts.reserveCapacity(names.count)
            for (index, element) in names.enumerated() {
                guard let text = element.string else {
                    throw reader.error("\(key).\(name)[\(index)]", "\(shown(element)) is no text")
                }
                texts.append(text)
            }
            result[name] = texts
        }
        return result
    }

    /// The annotation as the lists show it.
    public var json: JSONObject {
        var result: JSONObject = ["type": .string(type)]
        for (key, lists) in [("devices", devices), ("plans", plans), ("enums", enums)] {
            guard let lists else { continue }
            result[key] = .object(JSONObject(lists.map { ($0.name, JSONValue($0.element)) }))
        }
        return result.merging(other)
    }
}
