public import Wire

/// A document of any kind: what a run consists of, in the order in which it is emitted.
public enum Document: Sendable, Hashable {
    case start(RunStart)
    case descriptor(EventDescriptor)
    case event(Event)
    case eventPage(EventPage)
    case resource(Resource)
    case datum(Datum)
    case streamResource(StreamResource)
    case streamDatum(StreamDatum)
    case stop(RunStop)

    /// The kind of the document.
    public var name: DocumentName {
        switch self {
        case .start: .start
        case .descriptor: .descriptor
        case .event: .event
        case .eventPage: .eventPage
        case .resource: .resource
        case .datum: .datum
        case .streamResource: .streamResource
        case .streamDatum: .streamDatum
        case .stop: .stop
        }
    }

    /// The document as JSON.
    public var json: JSONObject {
        switch self {
        case .start(let document): document.json
        case .descriptor(let document): document.json
        case .event(let document): document.json
        case .eventPage(let document): document.json
        case .resource(let document): document.json
        case .datum(let document): document.json
        case .streamResource(let document): document.json
        case .streamDatum(let document): document.json
        case .stop(let document): document.json
        }
    }
}

/// The kinds of documents, with the names that all consumers know.
public enum DocumentName: String, Sendable, Hashable, CaseIterable {
    case start
    case descriptor
    case event
    case eventPage = "event_page"
    case resource
    case datum
    case streamResource = "stream_resource"
    case streamDatum = "stream_datum"
    case stop
}
