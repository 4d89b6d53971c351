public import Wire

extension Device {
    /// The entry of the device in the list of existing devices: `classname`, `module`, `is_readable`, `is_movable`,
    /// `is_flyable` and, where there are any, the same for each of its `components`.
    public var catalogueEntry: JSONObject {
        var entry: JSONObject = [
            "classname": .string(deviceClass.name),
            "is_flyable": .bool(self is any Flyable),
            "is_movable": .bool(self is any Movable),
            "is_readable": .bool(self is any Readable),
            "module": .string(deviceClass.module),
        ]
        if let composite = self as? any CompositeDevice, !composite.components.isEmpty {
            entry["components"] = .object(
                JSONObject(composite.components.map { ($0.attribute, .object($0.device.catalogueEntry)) })
            )
        }
        return entry
    }

    /// The part of the device at a path such as `mtrs.x`.
    ///
    /// - Throws: ``DeviceError`` that lists the parts there are.
    public func component(at path: String) throws -> any Device {
        var device: any Device = self
        for attribute in path.split(separator: ".", omittingEmptySubsequences: false) {
            let components = (device as? any CompositeDevice)?.components ?? []
            guard let component = components.first(where: { $0.attribute == attribute }) else {
                let known = components.map(\.attribute).joined(separator: ", ")
                throw DeviceError(
                    device,
                    "there is no component '\(attribute)'; " + (known.isEmpty ? "it has none" : "it has \(known)")
                )
            }
            device = component.device
        }
        return device
    }
}
