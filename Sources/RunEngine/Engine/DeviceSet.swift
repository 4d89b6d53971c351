/// Devices, each once, in the order in which they were added.
struct DeviceSet<Element> {
    private var identifiers: Set<ObjectIdentifier> = []
    private(set) var devices: [Element] = []

    mutating func insert(_ device: Element) {
        if identifiers.insert(identifier(of: device)).inserted { devices.append(device) }
    }

    mutating func remove(_ device: Element) {
        guard identifiers.remove(identifier(of: device)) != nil else { return }
        devices.removeAll { $0 as AnyObject === device as AnyObject }
    }

    mutating func removeAll() -> [Element] {
        defer {
            identifiers = []
            devices = []
        }
        return devices
    }

    private func identifier(of device: Element) -> ObjectIdentifier { ObjectIdentifier(device as AnyObject) }
}
