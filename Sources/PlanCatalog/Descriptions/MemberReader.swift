internal import Wire

/// Takes the known members out of an object, checks their types and leaves what is unknown.
struct MemberReader {
    /// The members that have not been taken.
    private(set) var rest: JSONObject
    let place: String

    /// - Throws: ``CatalogError`` if the value is no object.
    init(_ value: JSONValue, place: String) throws(CatalogError) {
        guard let members = value.object else {
            throw CatalogError(place: place, "\(shown(value)) is no object")
        }
        rest = members
        self.place = place
    }

    mutating func take(_ key: String) -> JSONValue? { rest.removeValue(forKey: key) }

    mutating func text(_ key: String) throws(CatalogError) -> String? {
        guard let value = take(key) else { return nil }
        guard let text = value.string else { throw error(key, "\(shown(value)) is no text") }
        return text
    }

    mutating func bool(_ key: String) throws(CatalogError) -> Bool? {
        guard let value = take(key) else { return nil }
        guard let flag = value.bool else { throw error(key, "\(shown(value)) is neither true nor false") }
        return flag
    }

    /// A number that is written as a text, as in the generated files, or as a number.
    mutating func numberText(_ key: String) throws(CatalogError) -> String? {
        guard let value = take(key) else { return nil }
        switch value {
        case .string(let text): return text
        case .integer, .bigInteger, .double: return value.pythonRepr
        default: throw error(key, "\(shown(value)) is no number")
        }
    }

    mutating func object(_ key: String) throws(CatalogError) -> JSONObject? {
        guard let value = take(key) else { return nil }
        guard let object = value.object else { throw error(key, "\(shown(value)) is no object") }
        return object
    }

    mutating func array(_ key: String) throws(CatalogError) -> [JSONValue]? {
        guard let value = take(key) else { return nil }
        guard let array = value.array else { throw error(key, "\(shown(value)) is no list") }
        return array
    }

    func error(_ key: String, _ reason: String) -> CatalogError { CatalogError(place: "\(place).\(key)", reason) }
}

/// A value as error texts show it: as Python writes it, with its type, and not longer than a line.
func shown(_ value: JSONValue) -> String {
    "\(shortened(value.pythonRepr)) (\(value.pythonType))"
}

/// A text of at most 80 characters; of a longer one the beginning.
func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 80 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(77))) + "..."
}
