public import EventModel

/// A piece of hardware, real or simulated, that plans can use.
///
/// A device says what it can do by the protocols it adopts: ``Readable``, ``Movable``, ``Triggerable`` and so on. Their
/// methods may be asynchronous, but should return promptly; what takes time (a move, an exposure) is told by the
/// ``Status`` that they return, so that a pause or an abort need not wait for it.
///
/// Devices are told apart by identity; the name is what documents call them.
public protocol Device: AnyObject, Sendable {
    /// The name of the device in documents and data keys, for example `motor1`.
    var name: String { get }
    /// The device of which this one is a part, if any. Hold it weakly.
    var parent: (any Device)? { get }
    /// What is worth showing of its data; nil if the device makes no suggestion at all.
    var hints: Hints? { get }
    /// The class under which the catalogue of devices lists it.
    var deviceClass: DeviceClass { get }
}

extension Device {
    /// A device is on its own unless it says otherwise.
    public var parent: (any Device)? { nil }

    /// No hints.
    public var hints: Hints? { nil }

    /// The Swift type.
    public var deviceClass: DeviceClass { DeviceClass(module: "swift", name: "\(type(of: self))") }

    /// The outermost device of which this one is a part, or the device itself.
    public var root: any Device {
        var device: any Device = self
        while let parent = device.parent { device = parent }
        return device
    }

    /// How metadata and error texts show the device, for example `SynAxis('motor')`.
    public var label: String { "\(deviceClass.name)('\(name)')" }
}

/// The class of a device: where it is defined and what it is called.
public struct DeviceClass: Sendable, Hashable {
    /// For example `ophyd.sim`.
    public let module: String
    /// For example `SynAxis`.
    public let name: String

    /// A class of this name in this module.
    public init(module: String, name: String) {
        self.module = module
        self.name = name
    }
}

/// A device that is made of devices.
public protocol CompositeDevice: Device {
    /// The parts, in the order in which they are read.
    var components: [DeviceComponent] { get }
}

/// A part of a device, under the name by which the device knows it.
public struct DeviceComponent: Sendable {
    /// What a component contributes to the data of the whole.
    public enum Kind: Sendable, Hashable {
        /// Nothing.
        case omitted
        /// Configuration, once for each stream.
        case config
        /// Data in each event.
        case normal
        /// Data in each event, and worth showing.
        case hinted
    }

    /// The name of the part within the whole, for example `velocity`.
    public let attribute: String
    /// The part.
    public let device: any Device
    /// What it contributes.
    public let kind: Kind

    /// A part.
    public init(_ attribute: String, _ device: any Device, kind: Kind) {
        self.attribute = attribute
        self.device = device
        self.kind = kind
    }
}

/// Something is wrong with a device or with what it was asked to do.
public struct DeviceError: Error, Hashable, CustomStringConvertible {
    /// The name of the device.
    public let device: String
    /// What is wrong and what is allowed.
    public let message: String

    /// An error of this device.
    public init(_ device: any Device, _ message: String) {
        self.device = device.name
        self.message = message
    }

    /// The device and what is wrong with it.
    public var description: String { "\(device): \(message)" }
}
