public import EventModel
public import RunEngine
public import Wire

/// A device whose readings, configuration and staging follow from its parts, each by its kind.
///
/// Call ``adoptComponents()`` at the end of the initializer.
public protocol AssembledDevice: CompositeDevice, PartDevice, Readable, Reconfigurable, Stageable {
    /// Whether the device is staged.
    var staging: StagingFlag { get }
}

extension AssembledDevice {
    /// Makes this device the parent of all its parts.
    public func adoptComponents() {
        for case let part as any PartDevice in components.map(\.device) { part.parentLink.parent = self }
    }

    /// The parts whose data are in each event.
    private var readParts: [any Device] {
        components.filter { $0.kind == .normal || $0.kind == .hinted }.map(\.device)
    }

    /// What its parts hint at.
    public var componentHints: Hints { Hints(fields: readParts.flatMap { $0.hints?.fields ?? [] }) }

    /// What its parts hint at.
    public var hints: Hints? { componentHints }

    /// The readings of all parts of kinds `normal` and `hinted`.
    public func read() async throws -> Readings {
        var readings = Readings()
        for case let part as any Readable in readParts { readings.merge(try await part.read()) }
        return readings
    }

    /// What these readings are.
    public func describe() async throws -> DataKeys {
        var keys = DataKeys()
        for case let part as any Readable in readParts { keys.merge(try await part.describe()) }
        return keys
    }

    /// The readings of the parts of kind `config`, and the configuration of the parts that are assembled themselves.
    public func readConfiguration() async throws -> Readings {
        var readings = Readings()
        for component in components {
            if component.kind == .config, let part = component.device as? any Readable {
                readings.merge(try await part.read())
            } else if component.kind != .omitted, let part = component.device as? any AssembledDevice {
                readings.merge(try await part.readConfiguration())
            }
        }
        return readings
    }

    /// What this configuration is.
    public func describeConfiguration() async throws -> DataKeys {
        var keys = DataKeys()
        for component in components {
            if component.kind == .config, let part = component.device as? any Readable {
                keys.merge(try await part.describe())
            } else if component.kind != .omitted, let part = component.device as? any AssembledDevice {
                keys.merge(try await part.describeConfiguration())
            }
        }
        return keys
    }

    /// Sets parts of kind `config`, which are named by their data keys or by their names within the device.
    ///
    /// - Throws: `DeviceError` if there is no such part, and what the parts throw.
    public func configure(_ settings: JSONObject) async throws -> (old: Readings, new: Readings) {
        let old = try await readConfiguration()
        let parts = components.filter { $0.kind == .config }
        for (key, value) in settings {
            guard let part = parts.first(where: { $0.attribute == key || $0.device.name == key }),
                let movable = part.device as? any Movable
            else {
                let known = parts.map(\.attribute).joined(separator: ", ")
                throw DeviceError(
                    self,
                    "there is no setting '\(key)'; " + (known.isEmpty ? "it has none" : "it has \(known)")
                )
            }
            try await movable.set(value).wait()
        }
        return (old, try await readConfiguration())
    }

    /// Marks the device as staged.
    ///
    /// - Throws: `DeviceError` if it is staged already.
    public func stage() async throws -> Staging {
        guard staging.raise() else {
            throw DeviceError(self, "it is staged already; unstage it before it is staged again")
        }
        return .done([self])
    }

    /// Marks the device as not staged.
    public func unstage() async throws -> Staging {
        staging.lower()
        return .done([self])
    }
}
