internal import PlanCatalog
internal import Plans
public import RunEngine
public import Wire

/// The arguments of a plan, with the names of devices turned into devices.
public struct PlanArguments {
    private let values: [String: BoundValue]
    private let presets: JSONObject
    private let devices: DeviceTable

    init(_ bound: BoundPlan, presets: JSONObject, devices: DeviceTable) {
        values = Dictionary(bound.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        self.presets = presets
        self.devices = devices
    }

    /// The argument as it was given, or as the profile presets it; nil if neither.
    func value(_ name: String) -> BoundValue? { values[name] ?? presets[name].map(devices.bound) }

    /// The argument as JSON; nil if it is missing or null.
    public func json(_ name: String) -> JSONValue? { value(name)?.json.nonNull }

    /// A whole number; one with a fraction of zero counts as one. Without a default it must be given.
    public func integer(_ name: String, default fallback: Int? = nil) throws -> Int {
        let value = value(name)
        if value == nil, let fallback { return fallback }
        let given = value?.json ?? .null
        guard let number = given.integer ?? given.number.flatMap({ Int(exactly: $0) }) else {
            throw ArgumentError(name, "must be a whole number", given)
        }
        return number
    }

    /// A number. Without a default it must be given.
    public func number(_ name: String, default fallback: Double? = nil) throws -> Double {
        let value = value(name)
        if value == nil, let fallback { return fallback }
        guard let number = value?.json.number else {
            throw ArgumentError(name, "must be a number", value?.json ?? .null)
        }
        return number
    }

    /// A number as it was written, an integer as an integer.
    public func scalar(_ name: String) throws -> JSONValue {
        _ = try number(name)
        return value(name)?.json ?? .null
    }

    /// A number; nil if it is missing or null.
    public func optionalNumber(_ name: String) throws -> Double? { json(name) == nil ? nil : try number(name) }

    /// A truth value. Without a default it must be given.
    public func flag(_ name: String, default fallback: Bool? = nil) throws -> Bool {
        let value = value(name)
        if value == nil, let fallback { return fallback }
        guard case .json(.bool(let flag))? = value else {
            throw ArgumentError(name, "must be true or false", value?.json ?? .null)
        }
        return flag
    }

    /// A text.
    public func text(_ name: String) throws -> String {
        guard let text = value(name)?.json.string else {
            throw ArgumentError(name, "must be a text", value(name)?.json ?? .null)
        }
        return text
    }

    /// Metadata for the run.
    public func metadata() throws -> JSONObject {
        guard let value = json("md") else { return [:] }
        guard let members = value.object else { throw ArgumentError("md", "must be an object", value) }
        return members
    }

    /// Devices that can be read.
    public func detectors(_ name: String = "detectors") throws -> [any Readable] {
        try elements(name).map { try readable($0, argument: name) }
    }

    /// A device that can be read.
    public func readable(_ name: String) throws -> any Readable {
        try readable(value(name) ?? .json(.null), argument: name)
    }

    private func readable(_ value: BoundValue, argument: String) throws -> any Readable {
        guard let readable = try device(value, argument: argument) as? any Readable else {
            throw ArgumentError(argument, "must be a device that can be read", value.json)
        }
        return readable
    }

    /// A device.
    func device(_ value: BoundValue, argument: String) throws -> any Device {
        try devices.device(value, argument: argument)
    }

    /// A device that can be moved and read.
    public func positioner(_ name: String) throws -> any Positioner {
        try positioner(value(name) ?? .json(.null), argument: name)
    }

    /// A device that can be moved.
    public func movable(_ name: String) throws -> any Movable {
        try movable(value(name) ?? .json(.null), argument: name)
    }

    /// A device of the profile that the plan itself names.
    public func device(called name: String) throws -> any Device {
        try devices.device(.device(name), argument: name)
    }

    /// The elements of an argument that is a list.
    func elements(_ name: String) throws -> [BoundValue] {
        switch value(name) {
        case .array(let elements): return elements
        case .json(.array(let elements)): return elements.map(BoundValue.json)
        case nil: return []
        case let other?: throw ArgumentError(name, "must be a list", other.json)
        }
    }

    /// A device that can be moved.
    func movable(_ value: BoundValue, argument: String) throws -> any Movable {
        let device = try devices.device(value, argument: argument)
        guard let movable = device as? any Movable else {
            throw ArgumentError(argument, "must be a device that can be moved", value.json)
        }
        return movable
    }

    /// A device that can be moved and read.
    func positioner(_ value: BoundValue, argument: String) throws -> any Positioner {
        guard let positioner = try movable(value, argument: argument) as? any Positioner else {
            throw ArgumentError(argument, "must be a device that can be moved and read", value.json)
        }
        return positioner
    }

    /// The elements of a list in groups of the same size, of which the first is a motor.
    func groups(of size: Int, in name: String, pattern: String) throws -> [[BoundValue]] {
        try groups(of: size, among: try elements(name), in: name, pattern: pattern)
    }

    /// Values in groups of the same size, of which the first is a motor.
    func groups(
        of size: Int,
        among all: [BoundValue],
        in name: String,
        pattern: String
    ) throws -> [[BoundValue]] {
        guard !all.isEmpty, all.count.isMultiple(of: size) else {
            throw ArgumentError(name, "must be \(pattern), repeated", .array(all.map(\.json)))
        }
        return stride(from: 0, to: all.count, by: size).map { Array(all[$0..<$0 + size]) }
    }
}

extension JSONValue {
    // A plain `nil` here would be a JSON null.
    fileprivate var nonNull: JSONValue? { isNull ? Optional.none : self }
}

/// An argument that does not fit.
public struct ArgumentError: Error, CustomStringConvertible {
    /// Which argument it is, what it must be and what it is.
    public let description: String

    /// An error about an argument.
    ///
    /// - Parameters:
    ///   - argument: Its name.
    ///   - problem: What it must be, for example `must be a number above 0`.
    ///   - value: What it is.
    ///   - known: Names of which one may have been meant.
    public init(_ argument: String, _ problem: String, _ value: JSONValue, known: [String] = []) {
        let others = known.filter { $0 != value.string }
        let question = value.string.map { Suggestion.question($0, in: others) } ?? ""
        description =
            "The argument '\(argument)' \(problem); it is \(value.pythonRepr)"
            + (question.isEmpty ? "" : ".\(question)")
    }
}
