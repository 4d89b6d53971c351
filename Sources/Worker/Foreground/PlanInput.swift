internal import ArgumentParser
internal import Wire

/// The arguments of a plan as they are given on the command line.
struct PlanInput {
    private(set) var positional: [JSONValue] = []
    private(set) var named: JSONObject = [:]

    init(_ texts: [String]) throws {
        for text in texts {
            switch try PlanInput.value(text, "an argument of the plan") {
            case .array(let elements): positional += elements
            case .object(let members): named = named.merging(members)
            default: throw ValidationError("'\(text)' is neither a JSON list nor a JSON object")
            }
        }
    }

    /// A text that must hold a JSON object.
    static func object(_ text: String, _ what: String) throws -> JSONObject {
        guard case .object(let members) = try value(text, what) else {
            throw ValidationError("\(what) must be a JSON object, not '\(text)'")
        }
        return members
    }

    private static func value(_ text: String, _ what: String) throws -> JSONValue {
        do {
            return try JSONValue(parsing: text)
        } catch {
            throw ValidationError("\(what) is no JSON: \(error): '\(text)'")
        }
    }
}
