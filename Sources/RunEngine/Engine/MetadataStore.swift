public import Wire

/// Where the metadata of an engine are kept between its lives: with every run they change, since they hold `scan_id`.
public protocol MetadataStore: Sendable {
    /// What was saved last; empty at first.
    func load() throws -> JSONObject
    /// Keeps these.
    func save(_ metadata: JSONObject) throws
}

/// Keeps metadata as long as the engine lives.
public struct TransientMetadata: MetadataStore {
    private let initial: JSONObject

    /// A store that begins with these.
    public init(_ initial: JSONObject = [:]) { self.initial = initial }

    /// The metadata to begin with.
    public func load() -> JSONObject { initial }

    /// Does nothing.
    public func save(_ metadata: JSONObject) {}
}
