public import Wire

/// A plan with its arguments, checked and ready to be called.
public struct BoundPlan: Sendable, Equatable {
    /// Name of the plan.
    public let name: String
    /// The parameters that have a value, in the order of the signature. Parameters that are left to their defaults are
    /// missing, but for those whose default the plan itself does not know.
    public let parameters: [BoundParameter]
    /// The metadata of the item, merged into one object.
    public let meta: JSONObject

    /// The value of the parameter called `name`, if it has one.
    public subscript(name: String) -> BoundValue? { parameters.first { $0.name == name }?.value }
}

/// A parameter and its value.
public struct BoundParameter: Sendable, Equatable {
    /// The name in the signature.
    public let name: String
    /// How the value reaches the plan.
    public let kind: ParameterKind
    /// The value: an array for ``ParameterKind/varPositional``, an object for ``ParameterKind/varKeyword``.
    public let value: BoundValue
}

/// A value of an argument, in which names that the user group may use are told from mere texts.
public indirect enum BoundValue: Sendable, Equatable {
    /// A value in which nothing is named.
    case json(JSONValue)
    /// A device or a component, for example `det1` or `sim_bundle_A.dets.det_A`.
    case device(String)
    /// A plan.
    case plan(String)
    /// A name, or names joined by dots, that stands for whatever it stands for in the namespace of a Python worker.
    case expression(String)
    /// Several values.
    case array([BoundValue])
    /// Named values, in order.
    case object([(String, BoundValue)])

    /// Whether both are the same, with members in the same order.
    public static func == (left: BoundValue, right: BoundValue) -> Bool {
        switch (left, right) {
        case (.json(let left), .json(let right)): left == right
        case (.device(let left), .device(let right)), (.plan(let left), .plan(let right)),
            (.expression(let left), .expression(let right)):
            left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left.elementsEqual(right, by: ==)
        default: false
        }
    }

    /// The value with names as mere texts again.
    public var json: JSONValue {
        switch self {
        case .json(let value): value
        case .device(let name), .plan(let name), .expression(let name): .string(name)
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members): .object(JSONObject(members.map { ($0.0, $0.1.json) }))
        }
    }
}
