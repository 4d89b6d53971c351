public import Wire

/// The arguments of a call by their names.
public struct FunctionArguments: Sendable {
    private var values = JSONObject()

    /// Gives the arguments to the parameters.
    ///
    /// - Throws: ``FunctionError`` if there are too few, too many or others.
    init(_ positional: [JSONValue], _ named: JSONObject, parameters: [String], of function: String) throws {
        guard positional.count <= parameters.count else {
            throw FunctionError(
                "\(function)() takes \(parameters.count) positional arguments but \(positional.count) were given"
            )
        }
        for (name, value) in zip(parameters, positional) { values[name] = value }
        for (name, value) in named {
            guard parameters.contains(name) else {
                throw FunctionError("\(function)() got an unexpected keyword argument \(pythonQuoted(name))")
            }
            guard values[name] == nil else {
                throw FunctionError("\(function)() got multiple values for argument \(pythonQuoted(name))")
            }
            values[name] = value
        }
        let missing = parameters.filter { values[$0] == nil }
        guard missing.isEmpty else {
            let names = missing.map { pythonQuoted($0) }.joined(separator: ", ")
            throw FunctionError("\(function)() misses \(missing.count) of its arguments: \(names)")
        }
    }

    /// An argument.
    public subscript(name: String) -> JSONValue { values[name] ?? .null }
}
