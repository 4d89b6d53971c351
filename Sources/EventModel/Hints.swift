public import Wire

/// What a device suggests to whoever shows or plots its data.
public struct Hints: Sendable, Hashable {
    /// The data keys worth showing, the most important first; nil if the device makes no suggestion.
    public var fields: [String]?
    /// Further members, which go into the document as they are.
    public var additional: JSONObject

    /// These fields are worth showing.
    public init(fields: [String]? = nil, additional: JSONObject = [:]) {
        self.fields = fields
        self.additional = additional
    }

    /// The hints as they stand in a descriptor.
    public var json: JSONObject {
        var json: JSONObject = [:]
        if let fields { json["fields"] = JSONValue(fields) }
        for (key, value) in additional { json[key] = value }
        return json
    }
}
