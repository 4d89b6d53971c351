public import RunEngine
public import Wire

/// Makes devices by the names of their classes, as profiles give them.
public struct DeviceFactory: Sendable {
    /// Makes a device from its parameters.
    public typealias Maker = @Sendable (inout DeviceParameters) throws -> any Device

    private var makers: [String: Maker] = [:]

    /// A factory that knows no class.
    public init() {}

    /// The names of the classes that are known, in alphabetical order.
    public var classNames: [String] { makers.keys.sorted() }

    /// Adds a class, or replaces the one of this name.
    public mutating func register(_ className: String, maker: @escaping Maker) { makers[className] = maker }

    /// Makes a device.
    ///
    /// - Parameters:
    ///   - name: The name of the device in the profile.
    ///   - className: The name of its class.
    ///   - parameters: What the class wants to know.
    ///   - devices: The devices that it may refer to.
    /// - Throws: ``DeviceConfigurationError`` if the class is not known or a parameter does not fit.
    public func make(
        _ name: String,
        className: String,
        parameters: JSONObject = [:],
        devices: DeviceCollection = DeviceCollection()
    ) throws -> any Device {
        guard let maker = makers[className] else {
            throw DeviceConfigurationError(
                "Device '\(name)': there is no class '\(className)'; there are \(classNames.joined(separator: ", "))"
            )
        }
        var parameters = try DeviceParameters(name, className: className, parameters, devices)
        let device = try maker(&parameters)
        try parameters.finish()
        return device
    }
}
