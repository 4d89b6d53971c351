public import RunEngine
public import Wire

/// The devices of a profile, by their names there, in order.
public struct DeviceCollection: Sendable {
    private var names: [String] = []
    private var devices: [String: any Device] = [:]

    /// No devices.
    public init() {}

    /// Adds a device, or replaces the one of this name.
    public mutating func add(_ device: any Device, as name: String) {
        if devices.updateValue(device, forKey: name) == nil { names.append(name) }
    }

    /// The devices in order.
    public var all: [(name: String, device: any Device)] {
        names.compactMap { name in devices[name].map { (name, $0) } }
    }

    /// The device at a path: the name of a device, or of one and its parts, as in `sim_bundle_A.mtrs.x`.
    ///
    /// - Throws: ``DeviceConfigurationError`` if there is none.
    public func device(at path: String) throws -> any Device {
        let parts = path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let device = devices[String(first)] else {
            throw DeviceConfigurationError("There is no device '\(path)'")
        }
        guard parts.count == 2 else { return device }
        do {
            return try device.component(at: String(parts[1]))
        } catch {
            throw DeviceConfigurationError("There is no device '\(path)': \(error)")
        }
    }

    /// The list of existing devices: the ``RunEngine/Device/catalogueEntry`` of each, by name.
    public var catalogue: JSONObject { JSONObject(all.map { ($0.name, .object($0.device.catalogueEntry)) }) }
}
