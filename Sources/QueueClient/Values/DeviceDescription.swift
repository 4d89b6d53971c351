public import Wire

/// A device, or a component of one, as the manager describes it.
public struct DeviceDescription: Sendable, Hashable {
    /// The object as it arrived.
    public let raw: JSONObject

    /// A view of this object.
    public init(_ raw: JSONObject) { self.raw = raw }

    /// Name of the device's class.
    public var className: String { raw["classname"]?.string ?? "" }
    /// Where the class is defined.
    public var module: String { raw["module"]?.string ?? "" }
    /// Whether the device can be read.
    public var isReadable: Bool { raw["is_readable"]?.bool ?? false }
    /// Whether the device can be moved to a setpoint.
    public var isMovable: Bool { raw["is_movable"]?.bool ?? false }
    /// Whether the device can be flown.
    public var isFlyable: Bool { raw["is_flyable"]?.bool ?? false }

    /// The device's components with their names, in order.
    public var components: [(name: String, device: DeviceDescription)] {
        raw["components"]?.object?.map { ($0.key, DeviceDescription($0.value.object ?? [:])) } ?? []
    }
}
