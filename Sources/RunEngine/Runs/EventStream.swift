internal import EventModel
internal import Wire

/// One stream of an open run: the devices in it, its descriptor once there is one, and the number of its next event.
final class EventStream {
    let name: String
    /// Whether its events are taken again after a pause. What happens by itself does not happen again.
    let isRewound: Bool
    /// The descriptor, after the first event was saved or the stream was declared.
    private(set) var descriptor: EventDescriptor?
    /// Whether the plan declared it, so that flyers can be collected into it.
    var isDeclared = false
    /// The devices of the descriptor, in its order.
    private(set) var devices: [DeviceDescription] = []
    private var described: [ObjectIdentifier: DeviceDescription] = [:]
    private var externalKeys: Keyed<Bool> = [:]
    /// The number of the next event, from 1.
    private(set) var nextNumber = 1
    private var savedNumber = 1
    private let caller: DeviceCaller

    init(name: String, asking caller: DeviceCaller, isRewound: Bool = true) {
        self.name = name
        self.caller = caller
        self.isRewound = isRewound
    }

    // MARK: Devices

    /// The description of a device, asked for when it is new to the stream.
    func description(of device: any Readable) async throws -> DeviceDescription {
        let id = ObjectIdentifier(device)
        if let known = described[id] { return known }
        let description = try await caller.ask(device) { try await DeviceDescription(of: device) }
        described[id] = description
        return description
    }

    /// Fixes the devices of the stream, and with them the descriptor.
    func declare(_ devices: [DeviceDescription], run: String) -> EventDescriptor {
        declare(EventDescriptor(stream: name, run: run, devices: devices), devices)
    }

    /// Fixes the descriptor of a stream.
    @discardableResult
    func declare(_ descriptor: EventDescriptor, _ devices: [DeviceDescription] = []) -> EventDescriptor {
        self.devices = devices
        self.descriptor = descriptor
        for device in devices { described[device.id] = device }
        externalKeys = [:]
        for (key, dataKey) in descriptor.dataKeys where dataKey.external != nil && !dataKey.isStreamed {
            externalKeys[key] = false
        }
        return descriptor
    }

    /// Takes over the present configuration of a device. Returns the new descriptor, if the device is in the stream.
    func reconfigure(_ device: any Device, run: String) async throws -> EventDescriptor? {
        let id = ObjectIdentifier(device)
        guard let known = described[id] else { return nil }
        guard descriptor != nil, devices.contains(where: { $0.id == id }) else {
            described[id] = nil
            return nil
        }
        let description = try await caller.ask(device) {
            try await DeviceDescription(of: device, dataKeys: known.dataKeys)
        }
        return declare(devices.map { $0.id == id ? description : $0 }, run: run)
    }

    /// Whether the stream consists of exactly these devices.
    func consists(of devices: [any Device]) -> Bool {
        descriptor != nil && Set(self.devices.map(\.id)) == Set(devices.map { ObjectIdentifier($0) })
    }

    // MARK: Numbers

    /// How many events the stream has.
    var eventCount: Int { nextNumber - 1 }

    /// Remembers the number of the next event, to come back to it after a pause.
    func saveNumber() { savedNumber = nextNumber }

    /// Forgets the remembered number.
    func clearSavedNumber() { savedNumber = 1 }

    /// Goes back to the remembered number.
    func rewind() {
        if isRewound { nextNumber = savedNumber }
    }

    /// Counts events whose data are elsewhere.
    func advance(by count: Int) { nextNumber += max(count, 0) }

    // MARK: Events

    /// The next event of the stream.
    func event(of readings: [Readings], descriptor: EventDescriptor, at time: Timestamp = timestampNow()) -> Event {
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
            time: time,
            data: data,
            timestamps: timestamps,
            seqNum: nextNumber,
            filled: externalKeys,
            descriptor: descriptor.uid
        )
    }

    /// The next events of the stream, as a page.
    func page(of columns: CollectedPage, count: Int, descriptor: EventDescriptor) -> EventPage {
        defer { nextNumber += count }
        return EventPage(
            uid: (0..<count).map { _ in newUID() },
            time: Array(repeating: timestampNow(), count: count),
            data: columns.data,
            timestamps: columns.timestamps,
            seqNum: Array(nextNumber..<nextNumber + count),
            filled: externalKeys.mapValues { Array(repeating: $0, count: count) },
            descriptor: descriptor.uid
        )
    }

    /// Whether events with exactly these data keys can be in the stream.
    func takes(_ keys: [String]) -> Bool {
        guard let own = descriptor?.dataKeys.filter({ !$0.value.isStreamed }) else { return false }
        return own.count == keys.count && own.allSatisfy { keys.contains($0.key) }
    }
}
