internal import Wire

/// Plans for a reader: each with its parameters as Python writes them.
enum PlanText {
    static func text(_ plans: JSONObject, on display: Display) -> String {
        if plans.isEmpty { return "There are no plans." }
        var table = Table([.init(title: "Plan", minimum: 20), .init(title: "Parameters", minimum: 20)])
        for (name, description) in plans.sorted(by: { $0.key < $1.key }) {
            table.append([Table.Cell(name), Table.Cell(signature(description))])
        }
        return table.text(on: display)
    }

    /// For example `detectors, num=1, *, md=None`.
    static func signature(_ description: JSONValue) -> String {
        var parts: [String] = []
        var previousKind = ""
        for parameter in objects(description["parameters"]) {
            let kind = parameter["kind"]?["name"]?.string ?? ""
            if previousKind == "POSITIONAL_ONLY", kind != previousKind { parts.append("/") }
            if kind == "KEYWORD_ONLY", previousKind != kind, previousKind != "VAR_POSITIONAL" { parts.append("*") }
            previousKind = kind
            let name = parameter["name"]?.string ?? "?"
            let value = parameter["default"].map { "=" + ($0.string ?? $0.pythonRepr) } ?? ""
            parts.append((["VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"][kind] ?? "") + name + value)
        }
        return parts.joined(separator: ", ")
    }
}
