/// Where a worker keeps what outlives it.
public struct WorkerStorage: Sendable {
    /// The file of the run engine's metadata, above all the number of the last run; nil if they need not be kept.
    public var metadataPath: String?
    /// The folder to which the documents of each run are written; nil if they are not.
    public var documentsDirectory: String?

    /// Nothing is kept unless it is named here.
    public init(metadataPath: String? = nil, documentsDirectory: String? = nil) {
        self.metadataPath = metadataPath
        self.documentsDirectory = documentsDirectory
    }
}
