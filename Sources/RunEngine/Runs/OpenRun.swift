internal import EventModel
internal import Wire

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
    let caller: DeviceCaller
    var streams: [EventStream] = []
    private var bundle: Bundle?
    /// Whether the plan has begun an event that was given up because it was taken back, and has not come to that event
    /// again.
    private var isBundleLost = false
    var assets = AssetLedger()
    /// The devices whose changes are recorded.
    var monitors: [Monitor] = []
    /// Flyers that are under way and whose data have not been collected.
    var flying = DeviceSet<any Flyable>()
    private var interruptions: EventStream?

    init(uid: String, key: RunKey?, caller: DeviceCaller) {
        self.uid = uid
        self.key = key
        self.caller = caller
    }

    /// Whether an event has been begun.
    var isBundling: Bool { bundle != nil }

    // MARK: Events

    func create(stream name: String) throws {
        guard bundle == nil else {
            throw IllegalMessageSequence(
                "A second 'create' message is not allowed until the current event is closed with a 'save' or 'drop' "
                    + "message"
            )
        }
        bundle = Bundle(stream: stream(called: name))
        assets.drop()
    }

    /// Adds readings to the event that has been begun, if there is one.
    func add(_ readings: Readings, of device: any Readable) async throws {
        guard let stream = bundle?.stream else { return }
        let position = bundle?.devices.count ?? 0
        let description: DeviceDescription
        // In most events the same devices come in the same order, and there is nothing to check.
        if position < stream.devices.count, stream.devices[position].id == ObjectIdentifier(device) {
            description = stream.devices[position]
        } else {
            description = try await stream.description(of: device)
            try description.checkCollisions(with: bundle?.devices ?? [])
        }
        if case .none = description.writer {
        } else {
            assets.add(try await caller.ask(device) { try await description.takeAssets() })
        }
        bundle?.devices.append(description)
        bundle?.readings.append(readings)
    }

    /// Ends the event. The documents are a descriptor, for the first event of a stream, those about data elsewhere, and
    /// the event; none at all if nothing was read.
    func save() throws -> [Document] {
        guard let bundle else {
            throw IllegalMessageSequence("A 'create' message must come before 'save', to begin the event")
        }
        self.bundle = nil
        if bundle.devices.isEmpty { return [] }
        let stream = bundle.stream
        for (device, readings) in zip(bundle.devices, bundle.readings) { try device.validate(readings) }
        if stream.descriptor != nil { try validate(bundle.devices, of: stream) }
        let descriptor = stream.descriptor ?? EventDescriptor(stream: stream.name, run: uid, devices: bundle.devices)
        let (assetDocuments, width) = try assets.take(for: descriptor, nextNumber: stream.nextNumber, run: uid)
        if let width, width > 1 {
            throw ReadingError("One event of stream '\(stream.name)' can hold one row of streamed data, not \(width)")
        }
        var documents: [Document] = []
        if stream.descriptor == nil {
            stream.declare(descriptor, bundle.devices)
            documents.append(.descriptor(descriptor))
        }
        documents += assetDocuments
        documents.append(.event(stream.event(of: bundle.readings, descriptor: descriptor)))
        return documents
    }

    func drop() throws {
        // A plan that is interrupted again while it is taken back need not know how far it got.
        guard bundle != nil || isBundleLost else {
            throw IllegalMessageSequence("A 'create' message must come before 'drop', to begin the event")
        }
        bundle = nil
        isBundleLost = false
        assets.drop()
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

    func stream(called name: String) -> EventStream {
        if let stream = streams.first(where: { $0.name == name }) { return stream }
        let stream = EventStream(name: name, asking: caller)
        streams.append(stream)
        return stream
    }

    // MARK: Descriptors

    /// Fixes the devices of a stream before its first event.
    func declare(stream name: String, _ devices: [any Device], collect: Bool) async throws -> EventDescriptor {
        let stream = stream(called: name)
        var descriptions: [DeviceDescription] = []
        for device in devices {
            let description = try await description(of: device, in: stream, collect: collect)
            try description.checkCollisions(with: descriptions)
            descriptions.append(description)
        }
        stream.isDeclared = true
        return stream.declare(descriptions, run: uid)
    }

    private func description(
        of device: any Device,
        in stream: EventStream,
        collect: Bool
    ) async throws -> DeviceDescription {
        if collect {
            let keys = try await collectedKeys(of: device, stream: stream.name)
            return try await caller.ask(device) { try await DeviceDescription(of: device, dataKeys: keys) }
        }
        guard let readable = device as? any Readable else {
            throw DeviceError(device, "it cannot be read, so it cannot be declared as part of stream '\(stream.name)'")
        }
        return try await stream.description(of: readable)
    }

    /// Takes over the present configuration of a device. The documents are new descriptors of the streams that it is in.
    func reconfigure(_ device: any Device) async throws -> [Document] {
        var documents: [Document] = []
        for stream in streams {
            if let descriptor = try await stream.reconfigure(device, run: uid) {
                documents.append(.descriptor(descriptor))
            }
        }
        return documents
    }

    // MARK: Interruptions

    /// Begins a stream that tells of pauses and the like.
    func recordInterruptions() -> Document {
        let stream = EventStream(name: "interruptions", asking: caller, isRewound: false)
        streams.append(stream)
        interruptions = stream
        let key = DataKey(source: "RunEngine", dtype: .string)
        let descriptor = EventDescriptor(
            runStart: uid,
            name: stream.name,
            dataKeys: ["interruption": key],
            objectKeys: [:],
            configuration: [:],
            hints: [:]
        )
        return .descriptor(stream.declare(descriptor))
    }

    /// The event about an interruption, if these are recorded.
    func interruption(_ text: String) -> Document? {
        guard let stream = interruptions, let descriptor = stream.descriptor else { return nil }
        return .event(stream.event(of: [["interruption": Reading(.string(text))]], descriptor: descriptor))
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
        isBundleLost = isBundleLost || bundle != nil
        bundle = nil
        assets.drop()
    }

    /// All since the last checkpoint has been carried out again.
    func endRewinding() { isBundleLost = false }

    // MARK: The end

    func stop(exitStatus: ExitStatus, reason: String) -> RunStop {
        var numEvents = Keyed<Int>()
        for stream in streams where stream.descriptor != nil { numEvents[stream.name] = stream.eventCount }
        return RunStop(runStart: uid, exitStatus: exitStatus, reason: reason, numEvents: numEvents)
    }
}
