internal import Wire

extension JSONValue {
    /// Reads JSON or, if the text is none, a Python literal.
    ///
    /// - Throws: ``PythonLiteralError``.
    init(literal text: String) throws(PythonLiteralError) {
        if let value = try? JSONValue(parsing: text) {
            self = value
        } else {
            try self.init(pythonLiteral: text)
        }
    }
}
