internal import Wire

/// Metadata that no start document may hold.
public struct MetadataError: Error, Hashable, CustomStringConvertible {
    /// Which entry is wrong, why, and what is allowed.
    public let description: String

    /// An error with this text.
    public init(_ description: String) { self.description = description }
}

/// Checks what the schema of start documents asks of the metadata of a run.
func validateRunMetadata(_ metadata: JSONObject) throws(MetadataError) {
    try validateKeys(of: metadata, path: "")
    for (key, value) in metadata {
        switch key {
        case "data_session", "data_type", "group", "owner", "project":
            guard value.string != nil else { throw wrong(key, value, "a text") }
        case "data_groups":
            guard let groups = value.array, groups.allSatisfy({ $0.string != nil }) else {
                throw wrong(key, value, "a list of texts")
            }
        case "scan_id":
            guard value.integer != nil else { throw wrong(key, value, "an integer") }
        case "sample":
            guard value.string != nil || value.object != nil else {
                throw wrong(key, value, "a text or an object, for example \"dirt\" or {\"color\": \"red\"}")
            }
        case "hints":
            guard value.object != nil else { throw wrong(key, value, "an object") }
        case "projections":
            guard let projections = value.array, projections.allSatisfy({ $0.object != nil }) else {
                throw wrong(key, value, "a list of objects")
            }
        default: break
        }
    }
}

private func validateKeys(of object: JSONObject, path: String) throws(MetadataError) {
    for (key, value) in object {
        if key.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) {
            throw MetadataError("Metadata key '\(path)\(key)' contains '.' or '/', which no key may; use '_' instead.")
        }
        if case .object(let inner) = value { try validateKeys(of: inner, path: "\(path)\(key) → ") }
    }
}

private func wrong(_ key: String, _ value: JSONValue, _ allowed: String) -> MetadataError {
    MetadataError("Metadata '\(key)' must be \(allowed), not \(value.encodedText).")
}
