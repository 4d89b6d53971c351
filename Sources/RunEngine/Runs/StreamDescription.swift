internal import EventModel

/// What the engine knows of a device in one stream: asked once, when the stream first sees the device.
struct DeviceDescription {
    let id: ObjectIdentifier
    let name: String
    let dataKeys: DataKeys
    let configuration: EventDescriptor.Configuration
    let hints: Hints?

    init(of device: any Readable) async throws {
        id = ObjectIdentifier(device)
        name = device.name
        hints = device.hints
        var dataKeys = try await device.describe()
        for key in dataKeys.keys { dataKeys[key]?.objectName = name }
        self.dataKeys = dataKeys
        if let device = device as? any Configurable {
            configuration = EventDescriptor.Configuration(
                readings: try await device.readConfiguration(),
                dataKeys: try await device.describeConfiguration()
            )
        } else {
            configuration = EventDescriptor.Configuration()
        }
    }

    /// - Throws: ``ReadingError`` if the device has a data key in common with one of the others.
    func checkCollisions(with others: [DeviceDescription]) throws {
        for other in others {
            guard let key = dataKeys.first(where: { other.dataKeys.contains($0.key) })?.key else { continue }
            throw ReadingError(
                "'\(name)' and '\(other.name)' both have the data key '\(key)', so they cannot be read into one event"
            )
        }
    }

    /// - Throws: ``ReadingError`` if the readings do not have exactly the described keys.
    func validate(_ readings: Readings) throws {
        if readings.count == dataKeys.count, readings.allSatisfy({ dataKeys.contains($0.key) }) { return }
        throw ReadingError(
            "'\(name)' was described with the data keys \(dataKeys.keys) but gave readings of \(readings.keys)"
        )
    }
}

extension EventDescriptor {
    /// The descriptor of a stream to which these devices contribute, in this order.
    init(stream: String, run: String, devices: [DeviceDescription]) {
        var dataKeys = DataKeys()
        var objectKeys = Keyed<[String]>()
        var configuration = Keyed<EventDescriptor.Configuration>()
        var hints = Keyed<Hints>()
        for device in devices {
            dataKeys.merge(device.dataKeys)
            objectKeys[device.name] = device.dataKeys.keys
            configuration[device.name] = device.configuration
            if let suggestion = device.hints { hints[device.name] = suggestion }
        }
        self.init(
            runStart: run,
            name: stream,
            dataKeys: dataKeys,
            objectKeys: objectKeys,
            configuration: configuration,
            hints: hints
        )
    }
}
