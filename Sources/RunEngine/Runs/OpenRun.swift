internal import EventModel

/// A run between its start and its stop document. It makes the documents; the context emits them.
final class OpenRun {
    /// An event between `create` and `save`.
    private struct Bundle {
        let stream: EventStream
        var devices: [DeviceDescription] = []
        var readings: [Readings] = []
    }

    let uid: String
    let key: RunKey?
    private var streams: [EventStream] = []
    private var bundle: Bundle?

    init(uid: String, key: RunKey?) {
        self.uid = uid
        self.key = key
    }

    /// Whether an event has been begun.
    var isBundling: Bool { bundle != nil }

    // MARK: Events

    /// Fixes the devices of a stream before its first event.
    func declare(stream name: String, _ devices: [any Readable]) async throws -> EventDescriptor {
        let stream = stream(called: name)
        var descriptions: [DeviceDescription] = []
        for device in devices {
            let description = try await stream.description(of: device)
            try description.checkCollisions(with: descriptions)
            descriptions.append(description)
        }
        return stream.declare(descriptions, run: uid)
    }

    func create(stream name: String) throws {
        guard bundle == nil else {
            throw IllegalMessageSequence(
                "A second 'create' message is not allowed until the current event is closed with a 'save' or 'drop' "
                    + "message"
            )
        }
        bundle = Bundle(stream: stream(called: name))
    }

    /// Adds readings to the event that has been begun, if there is one.
    func add(_ readings: Readings, of device: any Readable) async throws {
        guard let stream = bundle?.stream else { return }
        let position = bundle?.devices.count ?? 0
        // In most events the same devices come in the same order, and there is nothing to check.
        if position < stream.devices.count, stream.devices[position].id == ObjectIdentifier(device) {
            bundle?.devices.append(stream.devices[position])
        } else {
            let description = try await stream.description(of: device)
            try description.checkCollisions(with: bundle?.devices ?? [])
            bundle?.devices.append(description)
        }
        bundle?.readings.append(readings)
    }

    /// Ends the event. The documents are a descriptor, for the first event of a stream, and the event; none at all if
    /// nothing was read.
    func save() throws -> [Document] {
        guard let bundle else {
            throw IllegalMessageSequence("A 'create' message must come before 'save', to begin the event")
        }
        self.bundle = nil
        if bundle.devices.isEmpty { return [] }
        let stream = bundle.stream
        for (device, readings) in zip(bundle.devices, bundle.readings) { try device.validate(readings) }
        if let descriptor = stream.descriptor {
            try validate(bundle.devices, of: stream)
            return [.event(stream.event(of: bundle.readings, descriptor: descriptor))]
        }
        let descriptor = stream.declare(bundle.devices, run: uid)
        return [.descriptor(descriptor), .event(stream.event(of: bundle.readings, descriptor: descriptor))]
    }

    func drop() throws {
        guard bundle != nil else {
            throw IllegalMessageSequence("A 'create' message must come before 'drop', to begin the event")
        }
        bundle = nil
    }

    private func validate(_ devices: [DeviceDescription], of stream: EventStream) throws {
        if devices.elementsEqual(stream.devices, by: { $0.id == $1.id }) { return }
        guard Set(devices.map(\.id)) == Set(stream.devices.map(\.id)) else {
            throw ReadingError(
                "Mismatched objects read: the events of stream '\(stream.name)' consist of "
                    + "\(stream.devices.map(\.name)), but \(devices.map(\.name)) were read"
            )
        }
    }

    private func stream(called name: String) -> EventStream {
        if let stream = streams.first(where: { $0.name == name }) { return stream }
        let stream = EventStream(name: name)
        streams.append(stream)
        return stream
    }

    // MARK: Rewinding

    func saveNumbers() {
        for stream in streams { stream.saveNumber() }
    }

    func clearSavedNumbers() {
        for stream in streams { stream.clearSavedNumber() }
    }

    /// Goes back to the last checkpoint: events after it will be taken again, with the same numbers.
    func rewind() {
        for stream in streams { stream.rewind() }
        bundle = nil
    }

    // MARK: The end

    func stop(exitStatus: ExitStatus, reason: String) -> RunStop {
        var numEvents = Keyed<Int>()
        for stream in streams where stream.descriptor != nil { numEvents[stream.name] = stream.eventCount }
        return RunStop(runStart: uid, exitStatus: exitStatus, reason: reason, numEvents: numEvents)
    }
}
