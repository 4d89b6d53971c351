internal import Wire

/// Which texts in the value of a parameter stand for devices, plans and other objects.
struct ReferenceRule: Sendable {
    /// Whether any device, or any plan, of the group may be meant.
    private let convertsAllDevices: Bool
    private let convertsAllPlans: Bool
    /// Whether names of other objects are evaluated.
    private let evaluatesExpressions: Bool
    /// The names that the annotation lists.
    private let devices: Set<String>
    private let plans: Set<String>

    init(_ parameter: ParameterDescription) {
        let isFree = parameter.annotation == nil
        convertsAllDevices = parameter.convertsDeviceNames ?? isFree
        convertsAllPlans = parameter.convertsPlanNames ?? isFree
        evaluatesExpressions = parameter.evaluatesExpressions ?? false
        let listsCount = parameter.annotation?.namesObjects == true
        devices = Self.names(parameter.annotation?.devices, listsCount && parameter.convertsDeviceNames != false)
        plans = Self.names(parameter.annotation?.plans, listsCount && parameter.convertsPlanNames != false)
    }

    private static func names(_ lists: NamedList<[String]>?, _ isUsed: Bool) -> Set<String> {
        guard isUsed, let lists else { return [] }
        return Set(lists.lazy.flatMap(\.element))
    }

    /// The value with the texts that name plans and devices of the group marked.
    func resolve(_ value: JSONValue, _ lists: GroupLists) -> BoundValue {
        guard convertsAllDevices || convertsAllPlans || evaluatesExpressions || !devices.isEmpty || !plans.isEmpty
        else {
            return .json(value)
        }
        return resolved(value, lists)
    }

    private func resolved(_ value: JSONValue, _ lists: GroupLists) -> BoundValue {
        switch value {
        case .string(let text): reference(text, lists) ?? .json(value)
        case .array(let elements): .array(elements.map { resolved($0, lists) })
        case .object(let members): .object(members.map { ($0.key, resolved($0.value, lists)) })
        default: .json(value)
        }
    }

    /// Whether a text is made of Python names that are joined by dots.
    private static func isExpression(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { name in
            guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
                return false
            }
            return name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        }
    }

    /// A plan hides a device of the same name, as in the namespace of the original worker.
    private func reference(_ text: String, _ lists: GroupLists) -> BoundValue? {
        let name = ObjectName.withoutSpaces(text)
        let isPlan = plans.contains(text) || (convertsAllPlans && lists.plans[name] != nil)
        if isPlan { return .plan(name) }
        let isDevice = devices.contains(text) || (convertsAllDevices && lists.devices.contains(path: name))
        if isDevice { return .device(name) }
        return evaluatesExpressions && Self.isExpression(text) ? .expression(text) : nil
    }
}
