public import Wire

/// A device and the devices that it is made of.
public struct DeviceDescription: Sendable, Hashable {
    /// Name of the class.
    public var classname: String?
    /// Where the class is defined.
    public var module: String?
    /// Whether the device can be read.
    public var isReadable: Bool
    /// Whether the device can be set.
    public var isMovable: Bool
    /// Whether the device can fly.
    public var isFlyable: Bool
    /// Whether only components of the device may be used and not the device itself.
    public var isExcluded: Bool
    /// The devices that it is made of.
    public var components: NamedList<DeviceDescription>
    /// Members that this version does not know; they are kept.
    public var other: JSONObject

    /// Creates a description.
    public init(
        classname: String,
        module: String? = nil,
        isReadable: Bool = false,
        isMovable: Bool = false,
        isFlyable: Bool = false,
        components: NamedList<DeviceDescription> = NamedList()
    ) {
        self.classname = classname
        self.module = module
        self.isReadable = isReadable
        self.isMovable = isMovable
        self.isFlyable = isFlyable
        self.components = components
        isExcluded = false
        other = [:]
    }
}

extension DeviceDescription {
    /// Reads an element of `existing_devices`; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` if a member has another type than it must have.
    public init(_ value: JSONValue, place: String = "device") throws(CatalogError) {
        var reader = try MemberReader(value, place: place)
        classname = try reader.text("classname")
        module = try reader.text("module")
        isReadable = try reader.bool("is_readable") ?? false
        isMovable = try reader.bool("is_movable") ?? false
        isFlyable = try reader.bool("is_flyable") ?? false
        isExcluded = try reader.bool("excluded") ?? false
        components = NamedList()
        if let value = reader.take("components") {
            components = try NamedList<DeviceDescription>(value, place: place + ".components")
        }
        other = reader.rest
    }

    /// The device as the lists show it.
    public var json: JSONObject {
        var result: JSONObject = [
            "is_readable": .bool(isReadable), "is_movable": .bool(isMovable), "is_flyable": .bool(isFlyable),
        ]
        result["classname"] = classname.map(JSONValue.string)
        result["module"] = module.map(JSONValue.string)
        if isExcluded { result["excluded"] = true }
        if !components.isEmpty { result["components"] = .object(components.json) }
        return other.isEmpty ? result : result.merging(other)
    }

    /// Appends ``json`` as bytes, without building it: a large instrument has tens of thousands of components.
    func encode(into bytes: inout [UInt8]) {
        bytes += "{\"is_readable\": \(isReadable), \"is_movable\": \(isMovable), \"is_flyable\": \(isFlyable)".utf8
        if isExcluded { bytes += ", \"excluded\": true".utf8 }
        for (key, text) in [("classname", classname), ("module", module)] {
            guard let text else { continue }
            bytes += ", \"\(key)\": ".utf8
            JSONValue.string(text).encode(into: &bytes)
        }
        if !components.isEmpty {
            bytes += ", \"components\": ".utf8
            components.encode(into: &bytes)
        }
        for (key, value) in other {
            bytes += ", ".utf8
            JSONValue.string(key).encode(into: &bytes)
            bytes += ": ".utf8
            value.encode(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

extension NamedList<DeviceDescription> {
    /// Reads a list of devices, an object of descriptions by name; `place` is for error texts.
    ///
    /// - Throws: ``CatalogError`` with the place of the first description that is no such thing.
    public init(_ value: JSONValue, place: String = "existing_devices") throws(CatalogError) {
        let reader = try MemberReader(value, place: place)
        self.init()
        for (name, value) in reader.rest { self[name] = try DeviceDescription(value, place: "\(place).\(name)") }
    }

    /// The list as replies and files show it.
    public var json: JSONObject { JSONObject(map { ($0.name, .object($0.element.json)) }) }

    /// ``json`` as bytes.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        encode(into: &bytes)
        return bytes
    }

    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (name, device) in self {
            if !isFirst { bytes += ", ".utf8 }
            isFirst = false
            JSONValue.string(name).encode(into: &bytes)
            bytes += ": ".utf8
            device.encode(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Whether `name`, for example `det1` or `det1.val`, is a device of the list or a component of one, and may be
    /// used itself. Spaces do not count.
    public func contains(path name: String) -> Bool {
        guard let components = ObjectName.components(of: name) else { return false }
        var level = self
        for (index, component) in components.enumerated() {
            guard let device = level[component] else { return false }
            if index == components.count - 1 { return !device.isExcluded }
            level = device.components
        }
        return false
    }
}
