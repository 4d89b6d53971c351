import Wire

/// The parameters of a request, all of which the method knows.
struct Parameters {
    private let members: JSONObject
    /// What came in the place of an object, if it was not one.
    private let foreignType: String?

    init(_ members: JSONObject) { (self.members, foreignType) = (members, nil) }

    /// An empty list or text in the place of the parameters.
    init(foreign value: JSONValue) { (members, foreignType) = ([:], value.pythonTypeName) }

    /// Refuses parameters that are no object.
    func checkMembers() throws(Refusal) {
        if let foreignType { throw .request("'\(foreignType)' object has no attribute 'get'") }
    }

    /// A parameter as it came; nil if it is missing.
    subscript(name: String) -> JSONValue? { members[name] }

    /// All of them as Python shows them.
    var pythonRepr: String { JSONValue.object(members).pythonRepr }

    /// One of several words, or the default if the parameter is missing.
    func option(_ name: String, default fallback: String) -> JSONValue { members[name] ?? .string(fallback) }
}

extension [String] {
    /// For example `('deferred', 'immediate')`, or `('function',)`.
    var pythonTuple: String { "(" + map(pythonQuoted).joined(separator: ", ") + (count == 1 ? ",)" : ")") }
}
