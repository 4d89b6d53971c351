internal import EventModel
internal import Wire

/// One stream of an open run: the devices in it, its descriptor once there is one, and the number of its next event.
final class EventStream {
    let name: String
    /// The descriptor, after the first event was saved.
    private(set) var descriptor: EventDescriptor?
    /// The devices of the descriptor, in its order.
    private(set) var devices: [DeviceDescription] = []
    private var described: [ObjectIdentifier: DeviceDescription] = [:]
    private var externalKeys: Keyed<Bool> = [:]
    private var nextNumber = 1
    private var savedNumber = 1

    init(name: String) { self.name = name }

    /// The description of a device, asked for when it is new to the stream.
    func description(of device: any Readable) async throws -> DeviceDescription {
        let id = ObjectIdentifier(device)
        if let known = described[id] { return known }
        let description = try await DeviceDescription(of: device)
        described[id] = description
        return description
    }

    /// Fixes the devices of the stream, and with them the descriptor.
    func declare(_ devices: [DeviceDescription], run: String) -> EventDescriptor {
        let descriptor = EventDescriptor(stream: name, run: run, devices: devices)
        self.devices = devices
        self.descriptor = descriptor
        externalKeys = [:]
        for (key, dataKey) in descriptor.dataKeys where dataKey.external != nil && !dataKey.isStreamed {
            externalKeys[key] = false
        }
        return descriptor
    }

    /// How many events the stream has.
    var eventCount: Int { nextNumber - 1 }

    /// Remembers the number of the next event, to come back to it after a pause.
    func saveNumber() { savedNumber = nextNumber }

    /// Forgets the remembered number.
    func clearSavedNumber() { savedNumber = 1 }

    /// Goes back to the remembered number.
    func rewind() { nextNumber = savedNumber }

    /// The next event of the stream.
    func event(of readings: [Readings], descriptor: EventDescriptor) -> Event {
        var data = JSONObject()
        var timestamps = Keyed<Timestamp>()
        data.reserveCapacity(descriptor.dataKeys.count)
        timestamps.reserveCapacity(descriptor.dataKeys.count)
        for reading in readings {
            for (key, value) in reading {
                data[key] = value.value
                timestamps[key] = value.timestamp
            }
        }
        defer { nextNumber += 1 }
        return Event(
            data: data,
            timestamps: timestamps,
            seqNum: nextNumber,
            filled: externalKeys,
            descriptor: descriptor.uid
        )
    }
}
