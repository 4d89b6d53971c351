internal import Synchronization

/// Writes the documents of each run to a file of its own, `<uid of the run>.jsonl` in one folder, a line of JSON each.
///
/// A file is complete when its last line is the stop document. Runs may be open at the same time.
public final class RunFiles: DocumentSink {
    fileprivate struct Content {
        var files: [String: JSONLinesSink] = [:]
        /// Which run a descriptor, a resource or a stream resource belongs to, by its UID.
        var runOfPart: [String: String] = [:]
    }

    private let directory: String
    private let content = Mutex(Content())

    /// Writes to this folder, which must exist.
    public init(directory: String) { self.directory = directory }

    /// Writes the document to the file of its run.
    ///
    /// - Throws: ``FileError`` if the file cannot be made or written.
    public func receive(_ document: Document) throws {
        try content.withLock { content in
            guard let run = content.run(of: document) else { return }
            if case .start = document {
                content.files[run] = try JSONLinesSink(path: "\(directory)/\(run).jsonl")
            }
            try content.files[run]?.receive(document)
            if case .stop = document { content.close(run) }
        }
    }
}

extension RunFiles.Content {
    /// The run that a document belongs to; parts that later documents refer to are noted.
    fileprivate mutating func run(of document: Document) -> String? {
        switch document {
        case .start(let start): return start.uid
        case .descriptor(let descriptor):
            runOfPart[descriptor.uid] = descriptor.runStart
            return descriptor.runStart
        case .event(let event): return runOfPart[event.descriptor]
        case .eventPage(let page): return runOfPart[page.descriptor]
        case .resource(let resource):
            runOfPart[resource.uid] = resource.runStart
            return resource.runStart
        case .datum(let datum): return runOfPart[datum.resource]
        case .streamResource(let resource): return resource.runStart
        case .streamDatum(let datum): return runOfPart[datum.descriptor]
        case .stop(let stop): return stop.runStart
        }
    }

    fileprivate mutating func close(_ run: String) {
        files[run] = nil
        runOfPart = runOfPart.filter { $0.value != run }
    }
}
