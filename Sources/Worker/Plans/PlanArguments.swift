internal import PlanCatalog
internal import Plans
internal import RunEngine
internal import Wire

/// The arguments of a plan, with the names of devices turned into devices.
struct PlanArguments {
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
    func json(_ name: String) -> JSONValue? { value(name)?.json.nonNull }

    /// A whole number.
    func integer(_ name: String, default fallback: Int) throws -> Int {
        guard let value = value(name) else { return fallback }
        guard let number = value.json.integer else { throw ArgumentError(name, "must be a whole number", value.json) }
        return number
    }

    /// A number.
    func number(_ name: String, default fallback: Double) throws -> Double {
        guard let value = value(name) else { return fallback }
        guard let number = value.json.number else { throw ArgumentError(name, "must be a number", value.json) }
        return number
    }

    /// Metadata for the run.
    func metadata() throws -> JSONObject {
        guard let value = json("md") else { return [:] }
        guard let members = value.object else { throw ArgumentError("md", "must be an object", value) }
        return members
    }

    /// Devices that can be read.
    func detectors() throws -> [any Readable] {
        try elements("detectors").map { element in
            let device = try devices.device(element, argument: "detectors")
            guard let readable = device as? any Readable else {
                throw ArgumentError("detectors", "must be devices that can be read", element.json)
            }
            return readable
        }
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
        let all = try elements(name)
        guard !all.isEmpty, all.count.isMultiple(of: size) else {
            throw ArgumentError(name, "must be \(pattern), repeated", .array(all.map(\.json)))
        }
        return stride(from: 0, to: all.count, by: size).map { Array(all[$0..<$0 + size]) }
    }
}

extension JSONValue {
    fileprivate var nonNull: JSONValue? { isNull ? nil : self }
}

/// An argument that does not fit.
struct ArgumentError: Error, CustomStringConvertible {
    let description: String

    init(_ argument: String, _ problem: String, _ value: JSONValue) {
        description = "The argument '\(argument)' \(problem); it is \(value.pythonRepr)"
    }
}
