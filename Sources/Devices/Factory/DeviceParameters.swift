public import RunEngine
public import Wire

/// What a profile says about one device, for the function that makes it.
///
/// Each accessor checks one parameter and remembers that it is known; ``finish()`` refuses all others.
public struct DeviceParameters {
    /// The name of the device in its documents: the parameter `name`, else the name in the profile.
    public let name: String
    /// What errors call the device.
    private let label: String
    private let parameters: JSONObject
    private let devices: DeviceCollection
    private var known: [String] = ["name"]

    init(_ key: String, className: String, _ parameters: JSONObject, _ devices: DeviceCollection) throws {
        label = "Device '\(key)' (\(className))"
        self.parameters = parameters
        self.devices = devices
        switch parameters["name"] {
        case nil: name = key
        case .string(let text)? where !text.isEmpty: name = text
        case let other?:
            throw DeviceConfigurationError(
                "\(label): parameter 'name' must be a text that is not empty, not \(other.encodedText)"
            )
        }
    }

    /// An error about one parameter.
    public func error(_ parameter: String, _ allowed: String) -> DeviceConfigurationError {
        let given = parameters[parameter].map { ", not \($0.encodedText)" } ?? "; it is missing"
        return DeviceConfigurationError("\(label): parameter '\(parameter)' must be \(allowed)\(given)")
    }

    /// Any value; nil if it is missing or null.
    public mutating func value(_ parameter: String) -> JSONValue? {
        known.append(parameter)
        guard let value = parameters[parameter], !value.isNull else { return nil }
        return value
    }

    /// A finite number in `range`; nil if it is missing or null.
    public mutating func number(_ parameter: String, in range: ClosedRange<Double>? = nil) throws -> Double? {
        guard let value = value(parameter) else { return nil }
        let allowed = range.map { range in
            range.upperBound == .greatestFiniteMagnitude
                ? "a number from \(range.lowerBound)" : "a number from \(range.lowerBound) to \(range.upperBound)"
        }
        guard let number = value.number, number.isFinite, range?.contains(number) ?? true else {
            throw error(parameter, allowed ?? "a finite number")
        }
        return number
    }

    /// A whole number in `range`; nil if it is missing or null.
    public mutating func integer(_ parameter: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = value(parameter) else { return nil }
        guard let integer = value.integer, range.contains(integer) else {
            throw error(parameter, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    /// A text; nil if it is missing or null.
    public mutating func text(_ parameter: String, oneOf choices: [String]? = nil) throws -> String? {
        guard let value = value(parameter) else { return nil }
        guard let text = value.string, choices?.contains(text) ?? true else {
            throw error(parameter, choices.map { "one of \($0.joined(separator: ", "))" } ?? "a text")
        }
        return text
    }

    /// Another device of the profile that must be known before this one.
    public mutating func readable(_ parameter: String) throws -> any Readable {
        guard let path = try text(parameter) else { throw error(parameter, "the name of a device") }
        guard let device = try? devices.device(at: path) else {
            throw error(parameter, "the name of a device that comes before this one in the profile")
        }
        guard let readable = device as? any Readable else {
            throw error(parameter, "the name of a device that can be read")
        }
        return readable
    }

    /// - Throws: ``DeviceConfigurationError`` if there are parameters that nobody asked for.
    public func finish() throws {
        for (parameter, _) in parameters where !known.contains(parameter) {
            throw DeviceConfigurationError(
                "\(label): there is no parameter '\(parameter)'; it has \(known.joined(separator: ", "))"
            )
        }
    }
}
