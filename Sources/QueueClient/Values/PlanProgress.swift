public import Wire

/// How far the devices are that a plan waits for.
public struct PlanProgress: Sendable, Hashable {
    /// Identifier of the plan's item.
    public let itemUID: String
    /// What is waited for; empty when the wait is over.
    public let devices: [DeviceProgress]

    /// The progress as the manager publishes it.
    public init(_ raw: JSONObject) {
        itemUID = raw["item_uid"]?.string ?? ""
        devices = raw["devices"]?.array?.compactMap(\.object).map(DeviceProgress.init) ?? []
    }
}

/// How far one device is. A device tells what it knows, so each part may be missing.
public struct DeviceProgress: Sendable, Hashable {
    /// Name of the device.
    public let name: String?
    /// The present value.
    public let current: Double?
    /// The value at the beginning.
    public let initial: Double?
    /// The value it goes to.
    public let target: Double?
    /// Unit of the values.
    public let unit: String?
    /// How many digits after the point are worth showing.
    public let precision: Int?
    /// How much is left, from 1 at the beginning to 0 at the end.
    public let fraction: Double?
    /// Seconds since the beginning.
    public let timeElapsed: Double?
    /// Seconds to the end.
    public let timeRemaining: Double?

    init(_ raw: JSONObject) {
        name = raw["name"]?.string
        current = raw["current"]?.number
        initial = raw["initial"]?.number
        target = raw["target"]?.number
        unit = raw["unit"]?.string
        precision = raw["precision"]?.integer
        fraction = raw["fraction"]?.number
        timeElapsed = raw["time_elapsed"]?.number
        timeRemaining = raw["time_remaining"]?.number
    }
}
