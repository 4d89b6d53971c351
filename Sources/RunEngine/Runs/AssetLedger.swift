internal import EventModel

/// The documents about data outside events: those that wait for their event, and the files that are known.
struct AssetLedger {
    private var pending: [Asset] = []
    /// The data key of each file to which data are streamed, by the uid of the file.
    private var streamedKeys: [String: String] = [:]

    mutating func add(_ assets: [Asset]) { pending += assets }

    /// The event is not going to be. Files stay announced, since later pieces refer to them.
    mutating func drop() {
        pending.removeAll { asset in
            switch asset {
            case .resource, .streamResource: false
            case .datum, .streamDatum: true
            }
        }
    }

    /// Takes what waits as documents of a run, filled in for a stream.
    ///
    /// - Returns: The documents, and how many events they are about if they tell.
    /// - Throws: ``ReadingError`` if they do not fit together.
    mutating func take(
        for descriptor: EventDescriptor,
        nextNumber: Int,
        run: String
    ) throws -> (documents: [Document], width: Int?) {
        guard !pending.isEmpty else { return ([], nil) }
        defer { pending = [] }
        var documents: [Document] = []
        var widths: [String: Int] = [:]
        for asset in pending {
            switch asset {
            case .resource(var resource):
                resource.runStart = run
                documents.append(.resource(resource))
            case .datum(let datum): documents.append(.datum(datum))
            case .streamResource(var resource):
                try register(resource, descriptor)
                resource.runStart = run
                documents.append(.streamResource(resource))
            case .streamDatum(var datum):
                let key = try key(of: datum)
                let width = datum.indices.count
                datum.descriptor = descriptor.uid
                datum.seqNums = nextNumber + widths[key, default: 0]..<nextNumber + widths[key, default: 0] + width
                widths[key, default: 0] += width
                documents.append(.streamDatum(datum))
            }
        }
        return (documents, try width(widths, descriptor))
    }

    private mutating func register(_ resource: StreamResource, _ descriptor: EventDescriptor) throws {
        guard descriptor.dataKeys[resource.dataKey]?.isStreamed == true else {
            throw ReadingError(
                "The file '\(resource.uri)' is for the data key '\(resource.dataKey)', which is no streamed key "
                    + "(external 'STREAM:') of stream '\(descriptor.name)'"
            )
        }
        guard streamedKeys.updateValue(resource.dataKey, forKey: resource.uid) == nil else {
            throw ReadingError("The file '\(resource.uri)' (\(resource.uid)) was announced twice")
        }
    }

    private func key(of datum: StreamDatum) throws -> String {
        guard datum.descriptor.isEmpty else {
            throw ReadingError("The streamed piece \(datum.uid) names a descriptor already, which the engine fills in")
        }
        guard let key = streamedKeys[datum.streamResource] else {
            throw ReadingError("The streamed piece \(datum.uid) is of a file that was never announced")
        }
        return key
    }

    private func width(_ widths: [String: Int], _ descriptor: EventDescriptor) throws -> Int? {
        guard let width = widths.values.first else { return nil }
        let missing = descriptor.dataKeys.filter { $0.value.isStreamed && widths[$0.key] == nil }.map(\.key)
        guard missing.isEmpty else {
            throw ReadingError("Stream '\(descriptor.name)' got rows for some keys but none for \(missing)")
        }
        guard widths.values.allSatisfy({ $0 == width }) else {
            let list = widths.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            throw ReadingError("Stream '\(descriptor.name)' got different numbers of rows: \(list)")
        }
        return width
    }
}
