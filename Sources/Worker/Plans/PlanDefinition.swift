public import PlanCatalog
public import RunEngine
internal import Wire

/// A plan that the worker can run: how it is described to users, and how it is made of the arguments of an item.
public struct PlanDefinition: Sendable {
    /// Name, parameters and texts, as lists of plans show them.
    var description: PlanDescription
    /// Values for parameters that an item leaves out.
    var presets: JSONObject = [:]
    private let make: @Sendable (PlanArguments) throws -> Plan

    /// A plan of this name.
    ///
    /// - Parameters:
    ///   - name: The name by which items call the plan.
    ///   - summary: One or two sentences for users.
    ///   - isGenerator: What the lists say in `is_generator`; clients compare it with what the field's own plans say.
    ///   - parameters: The signature.
    ///   - make: Makes the plan of its arguments. It is called before the plan begins, and should not touch devices.
    public init(
        _ name: String,
        _ summary: String?,
        isGenerator: Bool = true,
        parameters: [ParameterDescription],
        make: @escaping @Sendable (PlanArguments) throws -> Plan
    ) {
        description = PlanDescription(
            name: name,
            description: summary,
            module: "plans",
            properties: ["is_generator": .bool(isGenerator)],
            parameters: parameters
        )
        self.make = make
    }

    /// The plan with these arguments.
    ///
    /// - Throws: An error that names the argument that does not fit.
    func plan(_ bound: BoundPlan, devices: DeviceTable) throws -> Plan {
        try make(PlanArguments(bound, presets: presets, devices: devices))
    }
}

extension ParameterDescription {
    /// A parameter that may be given by position or by name.
    public static func positional(
        _ name: String,
        _ type: String?,
        default fallback: String? = nil,
        namesDevices: Bool = false,
        _ text: String? = nil
    ) -> ParameterDescription {
        described(name, .positionalOrKeyword, type, fallback, namesDevices, text)
    }

    /// A parameter that takes all further arguments that are given by position.
    public static func variadic(
        _ name: String,
        _ type: String?,
        namesDevices: Bool = false,
        _ text: String
    ) -> ParameterDescription {
        described(name, .varPositional, type, nil, namesDevices, text)
    }

    /// A parameter that is given by name only.
    public static func keyword(
        _ name: String,
        _ type: String?,
        default fallback: String? = "None",
        namesDevices: Bool = false,
        _ text: String? = nil
    ) -> ParameterDescription {
        described(name, .keywordOnly, type, fallback, namesDevices, text)
    }

    /// A parameter that takes all further arguments that are given by name.
    public static func further(_ name: String, _ text: String) -> ParameterDescription {
        described(name, .varKeyword, nil, nil, false, text)
    }

    /// A required parameter that is one motor.
    public static func motor(_ name: String, _ text: String) -> ParameterDescription {
        positional(name, "__MOVABLE__", namesDevices: true, text)
    }

    /// The parameter `per_step` of most scans.
    static let noStepFunction = keyword("per_step", nil, "Not available here: a function cannot be sent as JSON.")

    /// The parameter `md` that most plans have.
    public static let metadata = keyword("md", "dict[str, typing.Any] | None", "Metadata for the run.")

    /// The parameter `detectors` that most plans have.
    public static let detectors = positional(
        "detectors",
        "collections.abc.Sequence[__READABLE__]",
        namesDevices: true,
        "Devices to read."
    )

    private static func described(
        _ name: String,
        _ kind: ParameterKind,
        _ type: String?,
        _ fallback: String?,
        _ namesDevices: Bool,
        _ text: String?
    ) -> ParameterDescription {
        var parameter = ParameterDescription(name: name, kind: kind)
        parameter.annotation = type.map { Annotation(type: $0) }
        parameter.defaultValue = fallback
        parameter.description = text
        if namesDevices { parameter.convertsDeviceNames = true }
        return parameter
    }
}
