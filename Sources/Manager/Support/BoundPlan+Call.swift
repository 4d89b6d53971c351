import PlanCatalog
import Wire
import WorkerLink

extension PlanCall {
    /// What a worker is to call for a plan whose arguments have been checked.
    init(_ plan: BoundPlan) {
        var arguments = JSONObject()
        var references: [Reference] = []
        for parameter in plan.parameters {
            arguments[parameter.name] = parameter.value.json
            Self.collect(parameter.value, at: [.string(parameter.name)], into: &references)
        }
        self = .bound(arguments: arguments, references: references, meta: plan.meta)
    }

    private static func collect(_ value: BoundValue, at path: [JSONValue], into references: inout [Reference]) {
        switch value {
        case .json: break
        case .device: references.append(Reference(path: path, kind: .device))
        case .plan: references.append(Reference(path: path, kind: .plan))
        case .expression: references.append(Reference(path: path, kind: .expression))
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                collect(element, at: path + [.integer(index)], into: &references)
            }
        case .object(let members):
            for (name, member) in members { collect(member, at: path + [.string(name)], into: &references) }
        }
    }
}
