public import Wire

/// A plan that can be submitted, as the manager describes it.
public struct PlanDescription: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// The plan's name.
    public var name: String { raw["name"]?.string ?? "" }
    /// What the plan does; empty if nothing is said.
    public var text: String { raw["description"]?.string ?? "" }
    /// The parameters in order.
    public var parameters: [PlanParameter] {
        raw["parameters"]?.array?.compactMap(\.object).map(PlanParameter.init) ?? []
    }

    /// The parameters as in Python, for example `detectors, num=1, *, md=None`.
    public var signature: String {
        var parts: [String] = []
        var previous: PlanParameter.Kind?
        for parameter in parameters {
            if previous == .positionalOnly, parameter.kind != .positionalOnly { parts.append("/") }
            if parameter.kind == .keywordOnly, previous != .keywordOnly, previous != .anyPositional {
                parts.append("*")
            }
            previous = parameter.kind
            parts.append(parameter.signature)
        }
        return parts.joined(separator: ", ")
    }
}

/// A parameter of a plan.
public struct PlanParameter: Sendable, Hashable {
    /// How values reach a parameter, as in Python.
    public enum Kind: String, Sendable, CaseIterable {
        case positionalOnly = "POSITIONAL_ONLY"
        case positionalOrKeyword = "POSITIONAL_OR_KEYWORD"
        /// Takes all further values by position.
        case anyPositional = "VAR_POSITIONAL"
        case keywordOnly = "KEYWORD_ONLY"
        /// Takes all further values by name.
        case anyKeyword = "VAR_KEYWORD"
    }

    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// The parameter's name.
    public var name: String { raw["name"]?.string ?? "?" }
    /// What the parameter means; empty if nothing is said.
    public var text: String { raw["description"]?.string ?? "" }
    /// How values reach the parameter.
    public var kind: Kind { raw["kind"]?["name"]?.string.flatMap(Kind.init) ?? .positionalOrKeyword }
    /// The type as Python writes it, for example `typing.List[Motors]`; nil if any value may be given.
    public var type: String? { raw["annotation"]?["type"]?.string }
    /// The default as Python writes it; nil if there is none.
    public var defaultText: String? { raw["default"].map { $0.string ?? $0.pythonRepr } }
    /// Whether a value must be given.
    public var isRequired: Bool { defaultText == nil && kind != .anyPositional && kind != .anyKeyword }
    /// The smallest number allowed, in the unit of the parameter.
    public var minimum: Double? { number("min") }
    /// The largest number allowed, in the unit of the parameter.
    public var maximum: Double? { number("max") }

    /// Names that values may have, by the names that stand for them in ``type``: of devices, plans and other words.
    public var choices: [String: [String]] {
        var choices: [String: [String]] = [:]
        for kind in ["devices", "plans", "enums"] {
            for (name, values) in raw["annotation"]?[kind]?.object ?? [:] {
                choices[name] = values.array?.compactMap(\.string)
            }
        }
        return choices
    }

    /// The parameter in a signature, for example `num=1` or `*args`.
    public var signature: String {
        let stars = kind == .anyPositional ? "*" : kind == .anyKeyword ? "**" : ""
        return stars + name + (defaultText.map { "=" + $0 } ?? "")
    }

    private func number(_ key: String) -> Double? { raw[key]?.number ?? raw[key]?.string.flatMap { Double($0) } }
}
