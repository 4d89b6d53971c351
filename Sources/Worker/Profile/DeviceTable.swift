internal import Devices
internal import PlanCatalog
internal import RunEngine
internal import Wire

/// The devices of a profile by their names there.
struct DeviceTable: Sendable {
    private var devices = DeviceCollection()

    /// Makes the devices that a file describes, in its order; a device may refer to those before it. One that has the
    /// name of another takes its place.
    ///
    ///     devices:
    ///       motor1: {class: SynAxis}
    ///       det1: {class: SynGauss, parameters: {motor: motor1, center: 0, Imax: 5, sigma: 0.5}}
    ///
    /// - Throws: An error that names the file, the device and what is allowed.
    mutating func add(_ entries: JSONObject, file: String, factory: DeviceFactory) throws {
        for (name, entry) in entries {
            do {
                devices.add(try DeviceTable.make(name, entry, factory, devices), as: name)
            } catch {
                throw ProfileError(file, "\(error)")
            }
        }
    }

    /// Whether there is a device of this name.
    func contains(_ name: String) -> Bool { (try? devices.device(at: name)) != nil }

    /// The device at a path.
    ///
    /// - Throws: An error that says that there is none.
    func device(at path: String) throws -> any Device { try devices.device(at: path) }

    private static func make(
        _ name: String,
        _ entry: JSONValue,
        _ factory: DeviceFactory,
        _ devices: DeviceCollection
    ) throws -> any Device {
        guard let members = entry.object, let className = members["class"]?.string else {
            throw CommandRefused("device '\(name)' must have a member 'class'")
        }
        if let unknown = members.keys.first(where: { $0 != "class" && $0 != "parameters" }) {
            throw CommandRefused(
                "device '\(name)' has an unknown member '\(unknown)'; known are 'class' and 'parameters'"
            )
        }
        let parameters = members["parameters"] ?? [:]
        guard let parameters = parameters.object else {
            throw CommandRefused("device '\(name)': 'parameters' must hold values by name")
        }
        return try factory.make(name, className: className, parameters: parameters, devices: devices)
    }

    /// The devices as lists show them.
    ///
    /// - Parameter depth: How deep the lists go: 1 for the devices alone; 0 for all components.
    func descriptions(maximumDepth depth: Int) -> JSONObject {
        depth == 0 ? devices.catalogue : DeviceTable.cut(devices.catalogue, depth)
    }

    private static func cut(_ entries: JSONObject, _ depth: Int) -> JSONObject {
        JSONObject(
            entries.map { name, entry in
                var entry = entry.object ?? [:]
                let components = entry["components"]?.object
                entry["components"] = depth > 1 ? components.map { .object(cut($0, depth - 1)) } : Optional.none
                return (name, .object(entry))
            }
        )
    }

    /// The device that an argument names. A text that has not been bound to a device is none that the user may use.
    ///
    /// - Throws: An error that names the argument if there is no such device.
    func device(_ value: BoundValue, argument: String) throws -> any Device {
        guard case .device(let path) = value, let device = try? devices.device(at: path) else {
            throw ArgumentError(
                argument,
                "must name a device of the profile that the user group may use",
                value.json,
                known: Array(devices.catalogue.keys)
            )
        }
        return device
    }

    /// A value of the profile itself, in which texts that name devices stand for them.
    func bound(_ value: JSONValue) -> BoundValue {
        switch value {
        case .string(let text) where (try? devices.device(at: text)) != nil: .device(text)
        case .array(let elements): .array(elements.map(bound))
        default: .json(value)
        }
    }
}
