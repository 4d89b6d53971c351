internal import QueueClient
internal import TerminalKit
internal import Wire

/// Plans for a reader.
enum PlanText: ListText {
    static let noun = "plan"

    static func list(_ plans: JSONObject, on display: Display) -> String {
        if plans.isEmpty { return "There are no plans." }
        var table = Table([.init(title: "Plan", minimum: 20), .init(title: "Parameters", minimum: 20)])
        for (name, description) in plans.sorted(by: { $0.key < $1.key }) {
            table.append([Table.Cell(name), Table.Cell(PlanDescription(description.object ?? [:]).signature)])
        }
        return table.text(on: display)
    }

    static func details(_ name: String, _ raw: JSONObject, on display: Display) -> String {
        let plan = PlanDescription(raw)
        var parts = [display.styled("\(name)(\(plan.signature))".onOneLine, .bold)]
        if !plan.text.isEmpty { parts.append(plan.text.safeLines.joined(separator: "\n")) }
        var table = Table([
            .init(title: "Parameter"), .init(title: "Default", minimum: 8), .init(title: "Takes", minimum: 20),
        ])
        for parameter in plan.parameters {
            let value = parameter.defaultText ?? (parameter.isRequired ? "(required)" : "")
            table.append([Table.Cell(parameter.name), Table.Cell(value), Table.Cell(values(of: parameter))])
        }
        if !plan.parameters.isEmpty { parts.append(table.text(on: display)) }
        let texts = plan.parameters.filter { !$0.text.isEmpty }
        if !texts.isEmpty {
            var rows = Rows()
            for parameter in texts { rows.append(parameter.name, parameter.text.onOneLine) }
            parts.append(rows.text(on: display))
        }
        return parts.joined(separator: "\n\n")
    }

    private static func values(of parameter: PlanParameter) -> String {
        var parts = parameter.type.map { [$0] } ?? ["anything"]
        for (name, words) in parameter.choices.sorted(by: { $0.key < $1.key }) {
            parts.append("\(name): \(words.joined(separator: " "))")
        }
        if let minimum = parameter.minimum { parts.append("at least \(minimum)") }
        if let maximum = parameter.maximum { parts.append("at most \(maximum)") }
        return parts.joined(separator: "; ")
    }
}
