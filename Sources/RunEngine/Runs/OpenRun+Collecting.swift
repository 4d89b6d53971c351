internal import EventModel

/// Taking over what flyers have recorded.
extension OpenRun {
    /// The documents of what the devices have recorded.
    ///
    /// - Parameter name: The stream; may be nil where there is no choice.
    func collect(_ devices: [any Collectable], stream name: String?) async throws -> [Document] {
        let documents = try await collectedDocuments(of: devices, stream: name)
        for case let flyer as any Flyable in devices { flying.remove(flyer) }
        return documents
    }

    private func collectedDocuments(of devices: [any Collectable], stream name: String?) async throws -> [Document] {
        if let stream = try declaredStream(of: devices, name: name) {
            return try await collect(devices, into: stream)
        }
        guard devices.count == 1, let device = devices.first else {
            throw IllegalMessageSequence(
                "Several devices can be collected together only into a stream that was declared for exactly these: "
                    + "\(devices.map(\.name).joined(separator: ", "))"
            )
        }
        return try await collectOwnStreams(of: device)
    }

    private func declaredStream(of devices: [any Collectable], name: String?) throws -> EventStream? {
        let candidates = streams.filter {
            $0.isDeclared && $0.consists(of: devices) && (name == nil || $0.name == name)
        }
        guard let name else { return candidates.count == 1 ? candidates.first : nil }
        guard let stream = candidates.first else {
            throw IllegalMessageSequence(
                "The stream '\(name)' was not declared for \(devices.map(\.name).joined(separator: ", ")); "
                    + "send 'declare_stream' with collect first"
            )
        }
        return stream
    }

    /// Takes devices over in step: as many rows as the slowest has written.
    private func collect(_ devices: [any Collectable], into stream: EventStream) async throws -> [Document] {
        guard let descriptor = stream.descriptor else { return [] }
        let writers = devices.compactMap { $0 as? any WritesStreamAssets }
        var index = Int.max
        for writer in writers {
            index = min(index, try await caller.ask(writer) { try await writer.streamIndex() })
        }
        let end = index
        for writer in writers {
            assets.add(try await caller.ask(writer) { try await writer.collectStreamAssets(upTo: end) })
        }
        for device in devices where !(device is any WritesStreamAssets) { try await takeFiles(of: device) }
        var (documents, width) = try assets.take(for: descriptor, nextNumber: stream.nextNumber, run: uid)
        if let width { stream.advance(by: width) }
        for device in devices { documents += try fill([stream], with: try await pages(of: device), of: device) }
        return documents
    }

    /// A flyer that says itself which streams it fills.
    private func collectOwnStreams(of device: any Collectable) async throws -> [Document] {
        guard case .streams(let described) = try await caller.ask(device, { try await device.describeCollect() }) else {
            throw IllegalMessageSequence(
                "'\(device.name)' fills a stream that the plan names; send 'declare_stream' with collect before it is "
                    + "collected"
            )
        }
        try checkStreams(described, of: device)
        var documents: [Document] = []
        var own: [EventStream] = []
        for (name, keys) in described {
            let stream = stream(called: name)
            own.append(stream)
            if stream.descriptor == nil {
                let description = try await caller.ask(device) {
                    try await DeviceDescription(of: device, dataKeys: keys)
                }
                documents.append(.descriptor(stream.declare([description], run: uid)))
            }
        }
        guard let first = own.first, let descriptor = first.descriptor else { return documents }
        try await takeFiles(of: device)
        documents += try assets.take(for: descriptor, nextNumber: first.nextNumber, run: uid).documents
        return documents + (try fill(own, with: try await pages(of: device), of: device))
    }

    /// - Throws: ``ReadingError`` if a data key is in several streams, whose events could not be told apart by it.
    private func checkStreams(_ described: Keyed<DataKeys>, of device: any Device) throws {
        var streams: [String: String] = [:]
        for (stream, keys) in described {
            for key in keys.keys {
                guard let other = streams.updateValue(stream, forKey: key) else { continue }
                throw ReadingError(
                    "'\(device.name)' has the data key '\(key)' in the streams '\(other)' and '\(stream)'"
                )
            }
        }
    }

    private func takeFiles(of device: any Collectable) async throws {
        guard let writer = device as? any WritesExternalAssets else { return }
        assets.add(try await caller.ask(device) { try await writer.collectAssets() })
    }

    /// What a flyer has recorded, if it keeps its events itself.
    private func pages(of device: any Collectable) async throws -> [CollectedPage] {
        switch device {
        case let device as any EventPageCollectable:
            try await caller.ask(device) { try await device.collectPages() }
        case let device as any EventCollectable:
            CollectedPage.pages(of: try await caller.ask(device) { try await device.collect() })
        default: []
        }
    }

    /// Puts each page into the stream that has its data keys.
    private func fill(
        _ streams: [EventStream],
        with pages: [CollectedPage],
        of device: any Device
    ) throws -> [Document] {
        try pages.compactMap { page in
            let keys = page.data.keys
            guard let count = page.count else {
                throw ReadingError("'\(device.name)' gave a page of \(keys) whose columns differ in length or names")
            }
            guard let stream = streams.first(where: { $0.takes(keys) }), let descriptor = stream.descriptor else {
                let known = streams.map { "'\($0.name)': \($0.descriptor?.dataKeys.keys ?? [])" }
                throw ReadingError(
                    "'\(device.name)' gave an event with the keys \(keys), which fits none of its streams; they have "
                        + known.joined(separator: ", ")
                )
            }
            guard count > 0 else { return nil }
            return .eventPage(stream.page(of: page, count: count, descriptor: descriptor))
        }
    }

    /// The data keys of a flyer for a stream that the plan declares.
    func collectedKeys(of device: any Device, stream: String) async throws -> DataKeys {
        guard let collectable = device as? any Collectable else {
            throw DeviceError(device, "it cannot be collected, so it cannot be declared for that")
        }
        switch try await caller.ask(device, { try await collectable.describeCollect() }) {
        case .keys(let keys): return keys
        case .streams(let streams):
            guard streams.count == 1, let keys = streams[stream] else {
                throw DeviceError(
                    device,
                    "it fills the streams \(streams.keys) by itself, so it cannot be declared for '\(stream)'"
                )
            }
            return keys
        }
    }
}
