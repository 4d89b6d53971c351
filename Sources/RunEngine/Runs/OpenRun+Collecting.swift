internal import EventModel

/// Taking over what flyers have recorded.
extension OpenRun {
    /// The documents of what the devices have recorded.
    ///
    /// - Parameter name: The stream; may be nil where there is no choice.
    func collect(_ devices: [any Collectable], stream name: String?) async throws -> [Document] {
        for case let flyer as any Flyable in devices { flying.remove(flyer) }
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
        let candidates = streams.filter { $0.consists(of: devices) && (name == nil || $0.name == name) }
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
        var documents: [Document] = []
        let writers = devices.compactMap { $0 as? any WritesStreamAssets }
        var index = Int.max
        for writer in writers { index = min(index, try await writer.streamIndex()) }
        for writer in writers { assets.add(try await writer.collectStreamAssets(upTo: index)) }
        for case let writer as any WritesExternalAssets in devices where !(writer is any WritesStreamAssets) {
            assets.add(try await writer.collectAssets())
        }
        let (assetDocuments, width) = try assets.take(for: descriptor, nextNumber: stream.nextNumber, run: uid)
        documents += assetDocuments
        if let width { stream.advance(by: width) }
        for case let device as any EventCollectable in devices {
            documents += try page(of: try await device.collect(), in: stream, descriptor)
        }
        return documents
    }

    /// A flyer that says itself which streams it fills.
    private func collectOwnStreams(of device: any Collectable) async throws -> [Document] {
        guard case .streams(let described) = try await device.describeCollect() else {
            throw IllegalMessageSequence(
                "'\(device.name)' fills a stream that the plan names; send 'declare_stream' with collect before it is "
                    + "collected"
            )
        }
        var documents: [Document] = []
        var own: [EventStream] = []
        for (name, keys) in described {
            let stream = stream(called: name)
            own.append(stream)
            if stream.descriptor == nil {
                let description = try await DeviceDescription(of: device, dataKeys: keys)
                documents.append(.descriptor(stream.declare([description], run: uid)))
            }
        }
        guard let first = own.first, let descriptor = first.descriptor else { return documents }
        if let writer = device as? any WritesExternalAssets { assets.add(try await writer.collectAssets()) }
        documents += try assets.take(for: descriptor, nextNumber: first.nextNumber, run: uid).documents
        guard let collectable = device as? any EventCollectable else { return documents }
        let rows = try await collectable.collect()
        var rest = rows
        for stream in own {
            guard let descriptor = stream.descriptor else { continue }
            let keys = Set(descriptor.dataKeys.keys)
            documents += try page(of: rest.filter { Set($0.keys) == keys }, in: stream, descriptor)
            rest.removeAll { Set($0.keys) == keys }
        }
        if let stray = rest.first {
            throw ReadingError(
                "'\(device.name)' gave an event with the keys \(stray.keys), which is none of the streams that it described"
            )
        }
        return documents
    }

    private func page(of rows: [Readings], in stream: EventStream, _ descriptor: EventDescriptor) throws -> [Document] {
        if rows.isEmpty { return [] }
        let count = descriptor.dataKeys.count { !$0.value.isStreamed }
        if let wrong = rows.first(where: { row in
            row.count != count || !row.allSatisfy { descriptor.dataKeys.contains($0.key) }
        }) {
            throw ReadingError(
                "Stream '\(stream.name)' was described with the data keys \(descriptor.dataKeys.keys) but an event has "
                    + "\(wrong.keys)"
            )
        }
        return [.eventPage(stream.page(of: rows, descriptor: descriptor))]
    }

    /// The data keys of a flyer for a stream that the plan declares.
    func collectedKeys(of device: any Device, stream: String) async throws -> DataKeys {
        guard let collectable = device as? any Collectable else {
            throw DeviceError(device, "it cannot be collected, so it cannot be declared for that")
        }
        switch try await collectable.describeCollect() {
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
