internal import EventModel

/// What the engine knows of a device in one stream: asked once, when the stream first sees the device.
struct DeviceDescription {
    /// Where a device leaves data that do not go into events.
    enum Writer {
        case none
        case files(any WritesExternalAssets)
        case streams(any WritesStreamAssets)
    }

    let id: ObjectIdentifier
    let name: String
    let dataKeys: DataKeys
    /// How many of the keys have their values in the events.
    let eventKeyCount: Int
    let configuration: EventDescriptor.Configuration
    let hints: Hints?
    let writer: Writer

    init(of device: any Readable) async throws {
        try await self.init(of: device, dataKeys: try await device.describe())
    }

    /// A device that contributes these keys.
    init(of device: any Device, dataKeys: DataKeys) async throws {
        id = ObjectIdentifier(device)
        name = device.name
        // A flyer may hint at fields that it has in another stream.
        hints = device.hints.map { hints in
            var hints = hints
            hints.fields = hints.fields?.filter { dataKeys.contains($0) }
            return hints
        }
        var dataKeys = dataKeys
        for key in dataKeys.keys { dataKeys[key]?.objectName = name }
        self.dataKeys = dataKeys
        eventKeyCount = dataKeys.count { !$0.value.isStreamed }
        if let device = device as? any Configurable {
            configuration = EventDescriptor.Configuration(
                readings: try await device.readConfiguration(),
                dataKeys: try await device.describeConfiguration()
            )
        } else {
            configuration = EventDescriptor.Configuration()
        }
        if let device = device as? any WritesStreamAssets {
            writer = .streams(device)
        } else if let device = device as? any WritesExternalAssets {
            writer = .files(device)
        } else {
            writer = .none
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
        if readings.count == eventKeyCount, readings.allSatisfy({ dataKeys.contains($0.key) }) { return }
        throw ReadingError(
            "'\(name)' was described with the data keys \(dataKeys.keys) but gave readings of \(readings.keys)"
        )
    }

    /// The documents that the device has made since the last call, if it makes any.
    func takeAssets() async throws -> [Asset] {
        switch writer {
        case .none: []
        case .files(let device): try await device.collectAssets()
        case .streams(let device): try await device.collectStreamAssets(upTo: nil)
        }
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
